"""Walks through JupyterLab that take a way many times, inside the page, because that is quick."""

# What can run, or fetch, or send the reader elsewhere, by what it is, among some elements.
RUNNING = """where => [...document.querySelectorAll(where)].filter(each =>
  /^(script|iframe|frame|object|embed|base|portal|applet)$/i.test(each.localName)
  || (each.localName === 'meta' && each.httpEquiv === 'refresh')
  || [...each.attributes].some(({name, value}) => /^on/i.test(name) || name === 'srcdoc'
    || /^[\\s\\x00-\\x1f]*(javascript|vbscript|data:text)/i.test(value)
    && /^(href|src|action|formaction|xlink:href|data|ping|values|to)$/i.test(name))
).map(each => each.outerHTML.slice(0, 200))"""

# Go to an address of JupyterLab without loading it again.
GO = """address => {
  history.pushState({}, '', address);
  dispatchEvent(new PopStateEvent('popstate'));
}"""

_PARTS = f"""
const go = {GO};
const running = {RUNNING};
const found = [], seen = [];
const look = where => {{
  found.push(...running(`${{where}} *`));
  const fields = [...document.querySelectorAll(`${{where}} input`)].map(each => each.value);
  seen.push([document.querySelector(where).textContent, ...fields].join(' '));
}};
const until = async (what, asked) => {{
  for (const begun = Date.now(); Date.now() - begun < 15000;) {{
    const come = asked();
    if (come) {{ return come; }}
    await new Promise(resolve => setTimeout(resolve, 10));
  }}
  throw new Error(`No ${{what}} came.`);
}};
const one = where => document.querySelector(where);
const dialog = () => until('dialog', () => one('.jp-Dialog input:not([type=file])'));
const close = async () => {{
  one('.jp-Dialog .jp-Dialog-footer button').click();
  await until('end of the dialog', () => !one('.jp-Dialog'));
}};
"""


def walk(page, steps, argument):
    """Take the steps; return what was seen, and what of it could run."""
    body = f"async argument => {{ {_PARTS} {steps} return [seen, found]; }}"
    return page.evaluate(body, argument)


# Ask to remix each project, and do not.
REMIX = """
for (const id of argument) {
  go(`?wove-remix=${id}`);
  await dialog();
  look('.jp-Dialog');
  await close();
}
"""

# Ask to import each archive, which is none.
ARCHIVES = """
for (const name of argument) {
  [...document.querySelectorAll('.wove-Nowhere jp-button')].pop().click();
  await dialog();
  const carried = new DataTransfer();
  carried.items.add(new File(['x'], name));
  const field = one('.jp-Dialog input[type=file]');
  field.files = carried.files;
  field.dispatchEvent(new Event('change', { bubbles: true }));
  const accept = () => one('.jp-Dialog .jp-mod-accept:not(:disabled)');
  (await until('title', accept)).click();
  await until('beginning', () => one('.jp-Dialog .wove-Work, .jp-Dialog .wove-State'));
  look('.jp-Dialog');
  await until('refusal', () => one('.jp-Dialog [role=alert]'));
  look('.jp-Dialog');
  await close();
}
"""

# Go from project to project.
PROJECTS = """
for (const title of argument) {
  [...document.querySelectorAll('.wove-Project-title')]
    .find(each => each.textContent === title).closest('button').click();
  await until(title, () => one('.wove-Status')?.textContent.startsWith(title)
    && one('.wove-Here strong')?.textContent === title);
  await until('version', () => !one('.wove-Status').textContent.includes('· no version ·'));
  look('.wove-Here');
  look('.wove-Status');
}
"""

# Let everybody go whom the user may let go.
MEMBERS = """
for (const each of document.querySelectorAll('.wove-Member jp-button')) {
  each.click();
}
await until('end', () => document.querySelectorAll('.wove-Member').length === 1);
await until('goodbye', () => one('.Toastify').textContent.includes(argument));
look('.Toastify');
"""
