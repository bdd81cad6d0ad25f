import type { DocumentRegistry } from '@jupyterlab/docregistry';
import type { Contents } from '@jupyterlab/services';

import { isOnDisk } from '../../src/projects/on-disk';

type Shown = Parameters<typeof isOnDisk>[0];

function shown(content: unknown): Shown {
  const model = {
    toJSON: () => content,
    toString: () => (typeof content === 'string' ? content : JSON.stringify(content))
  };
  return { path: 'waves/a', model: model as unknown as DocumentRegistry.IModel };
}

function disk(content: unknown): Pick<Contents.IManager, 'get'> {
  return { get: () => Promise.resolve({ content } as Contents.IModel) };
}

function notebook(source: string | string[], outputs: unknown[] = []): unknown {
  return { cells: [{ cell_type: 'code', source, outputs }] };
}

test('a notebook is on disk however its lines are written', async () => {
  const written = disk(notebook(['height = 1\n', 'height']));
  expect(await isOnDisk(shown(notebook('height = 1\nheight')), written)).toBe(true);
});

test('a notebook whose last words are missing is not', async () => {
  expect(await isOnDisk(shown(notebook('height = 12')), disk(notebook('height = 1')))).toBe(false);
});

test('a notebook whose last output is missing is not', async () => {
  expect(await isOnDisk(shown(notebook('1', [{}])), disk(notebook('1')))).toBe(false);
});

test('a text is on disk when it is the same', async () => {
  expect(await isOnDisk(shown('tide tables'), disk('tide tables'))).toBe(true);
  expect(await isOnDisk(shown('tide tables'), disk('tide'))).toBe(false);
});
