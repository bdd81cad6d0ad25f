// Icons are read as text, as the bundler does.
module.exports = {
  process: source => ({ code: `module.exports = ${JSON.stringify(source)};` })
};
