/** @jest-environment <rootDir>/tests/browser.cjs */
import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { Contents } from '@jupyterlab/services';
import { Widget } from '@lumino/widgets';

import { Documents, lies } from '../../src/projects/documents';

class Document extends Widget {
  saved = 0;
  reverted = 0;
  readonly context;

  constructor(
    path: string,
    model: { dirty: boolean; collaborative?: boolean; readOnly?: boolean }
  ) {
    super();
    this.context = {
      path,
      model: { readOnly: false, collaborative: false, ...model },
      save: () => Promise.resolve(this.saved++),
      revert: () => Promise.resolve(this.reverted++)
    };
  }
}

function documents(open: Widget[], gone: string[] = []): Documents {
  const shell = { widgets: () => open.values() } as unknown as JupyterFrontEnd.IShell;
  const get = (path: string): Promise<object> =>
    gone.includes(path) ? Promise.reject(new Error('gone')) : Promise.resolve({});
  return new Documents(shell, { get } as unknown as Contents.IManager);
}

test('what is unsaved in the folder of a project is saved, and nothing else', async () => {
  const inside = new Document('waves/a.ipynb', { dirty: true });
  const clean = new Document('waves/b.ipynb', { dirty: false });
  const fixed = new Document('waves/c.ipynb', { dirty: true, readOnly: true });
  const outside = new Document('waves-2/a.ipynb', { dirty: true });
  await documents([inside, clean, fixed, outside, new Widget()]).save('waves');
  expect([inside, clean, fixed, outside].map(({ saved }) => saved)).toEqual([1, 0, 0, 0]);
});

test('a document that cannot be saved stops what needs it saved', async () => {
  const broken = new Document('waves/a.ipynb', { dirty: true });
  broken.context.save = () => Promise.reject(new Error('The disk is full.'));
  await expect(documents([broken]).save('waves')).rejects.toThrow('The disk is full.');
});

test('open documents show what was restored, shared ones by their room, lost ones not', async () => {
  const alone = new Document('waves/a.ipynb', { dirty: false });
  const shared = new Document('waves/b.ipynb', { dirty: false, collaborative: true });
  const lost = new Document('waves/c.ipynb', { dirty: false });
  await documents([alone, shared, lost], ['waves/c.ipynb']).reload('waves');
  expect([alone, shared, lost].map(({ reverted }) => reverted)).toEqual([1, 0, 0]);
});

test('what shows files of a deleted project is closed', () => {
  const inside = new Document('waves/a.ipynb', { dirty: false });
  const outside = new Document('b.ipynb', { dirty: false });
  documents([inside, outside]).close('waves');
  expect([inside.isDisposed, outside.isDisposed]).toEqual([true, false]);
});

test('a project outside of the root has no open documents', () => {
  expect(lies('waves/a.ipynb', null)).toBe(false);
  expect(lies('waves/a.ipynb', '')).toBe(true);
});
