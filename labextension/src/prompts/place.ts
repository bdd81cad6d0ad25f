/** The notebook where somebody is: what a prompt can take from it, and the chat beside it. */
import { PathExt } from '@jupyterlab/coreutils';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { Contents } from '@jupyterlab/services';

/** What code in the kernel runs in silence: the kind and shape of an object, not what it holds. */
const LOOK = (name: string): string =>
  `__import__('json').dumps(__import__('jupyter_wove_kernels').views.views_of(${name}))`;
const NAME = /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/;
const UNKNOWN = 'Run %load_ext jupyter_wove_kernels in the notebook, and check the name.';

export class Place {
  constructor(
    readonly notebooks: INotebookTracker,
    readonly documents: IDocumentManager,
    readonly contents: Contents.IManager,
    readonly baseUrl: string
  ) {}

  /** What the cell says where somebody is, with its error; null where there is none. */
  cell(): { source: string; error: string; output: string } | null {
    const model = this.notebooks.activeCell?.model;
    if (!model) {
      return null;
    }
    const { outputs = [] } = model.toJSON() as { outputs?: Output[] };
    return {
      source: model.sharedModel.getSource(),
      error: outputs.map(errorOf).filter(Boolean).join('\n'),
      output: outputs.map(textOf).filter(Boolean).join('\n')
    };
  }

  /** What is selected in that cell, also while the focus is elsewhere. */
  selection(): string {
    const editor = this.notebooks.activeCell?.editor;
    if (!editor) {
      return '';
    }
    const { start, end } = editor.getSelection();
    const ends = [editor.getOffsetAt(start), editor.getOffsetAt(end)] as const;
    return editor.model.sharedModel.getSource().slice(Math.min(...ends), Math.max(...ends));
  }

  /** Write a notebook beside the one where somebody is; its path, of that name if it is free. */
  async write(name: string, content: object): Promise<string> {
    const folder = PathExt.dirname(this.notebooks.currentWidget?.context.path ?? '');
    const { path } = await this.contents.newUntitled({ path: folder, type: 'notebook' });
    await this.contents.save(path, { type: 'notebook', format: 'json', content });
    const wanted = PathExt.join(folder, `${name}.ipynb`);
    return this.contents.rename(path, wanted).then(
      renamed => renamed.path,
      () => path
    );
  }

  /** Views of a variable of the running kernel. Throws in a sentence where it is not known. */
  async views(name: string): Promise<Record<string, string>> {
    const kernel = this.notebooks.currentWidget?.sessionContext.session?.kernel;
    if (!kernel || !NAME.test(name)) {
      throw new Error('Open a notebook with a running kernel, and name one of its variables.');
    }
    const asked = { code: '', silent: true, user_expressions: { found: LOOK(name) } };
    const { content } = await kernel.requestExecute(asked).done;
    const found = 'user_expressions' in content ? content.user_expressions.found : null;
    const said = (found as { data?: Record<string, string> } | null)?.data?.['text/plain'];
    if (said === undefined) {
      throw new Error(UNKNOWN);
    }
    // The repr of a text of JSON: quotes around it, and what is within escaped once more.
    const text = said.slice(1, -1).replace(/\\(['\\])/g, '$1');
    return JSON.parse(text) as Record<string, string>;
  }
}

interface Output {
  readonly output_type: string;
  readonly text?: string | string[];
  readonly ename?: string;
  readonly evalue?: string;
  readonly data?: Record<string, unknown>;
}

function errorOf({ output_type: type, ename, evalue }: Output): string {
  return type === 'error' ? `${ename}: ${evalue}` : '';
}

function textOf({ text, data }: Output): string {
  const said = text ?? data?.['text/plain'];
  return Array.isArray(said) ? said.join('') : typeof said === 'string' ? said : '';
}
