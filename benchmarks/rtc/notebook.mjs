// A notebook in a Yjs document, as JupyterLab keeps it there.
import * as Y from 'yjs';

export const cells = doc => doc.getArray('cells');
export const source = (doc, number) => cells(doc).get(number).get('source');

export function fill(doc, { cells: given, metadata, ...versions }) {
  doc.transact(() => {
    const meta = doc.getMap('meta');
    Object.entries(versions).forEach(([key, value]) => meta.set(key, value));
    meta.set('metadata', map(metadata));
    cells(doc).push(given.map(cell));
  });
}

function cell({ source, metadata, outputs, ...rest }) {
  const kept = { ...rest, source: new Y.Text(source), metadata: map(metadata) };
  return map(outputs ? { ...kept, outputs: Y.Array.from(outputs.map(output)) } : kept);
}

function output(given) {
  const isStream = given.output_type === 'stream';
  return map(isStream ? { ...given, text: new Y.Text(given.text) } : given);
}

const map = values => new Y.Map(Object.entries(values));
