// JupyterLab's packages ship as ES modules, so they are compiled with the tests.
const esm = ['@jupyterlab', '@jupyter', '@microsoft', 'lib0', 'yjs', 'y-protocols', 'exenv-es6'];

module.exports = {
  testEnvironment: 'node',
  // Whoever is there in a Y document keeps a clock, which would hold the process for ever.
  forceExit: true,
  setupFilesAfterEnv: ['<rootDir>/tests/patience.cjs'],
  testTimeout: 20_000, // milliseconds
  testMatch: ['<rootDir>/tests/**/*.test.{ts,tsx}'],
  transform: {
    '\\.svg$': '<rootDir>/tests/svg.cjs',
    '\\.[jt]sx?$': [
      'ts-jest',
      {
        tsconfig: {
          allowJs: true,
          esModuleInterop: true,
          isolatedModules: true,
          jsx: 'react',
          module: 'commonjs',
          target: 'ES2022'
        },
        diagnostics: false
      }
    ]
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esm.join('|')})/)`]
};
