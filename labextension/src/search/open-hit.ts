/** Goes to what was found: into one's own notebook, else to the page of the project. */
import type { CodeEditor } from '@jupyterlab/codeeditor';
import { PathExt } from '@jupyterlab/coreutils';
import { DocumentWidget } from '@jupyterlab/docregistry';
import type { INotebookTracker, Notebook, NotebookPanel } from '@jupyterlab/notebook';
import type { Contents } from '@jupyterlab/services';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { Widget } from '@lumino/widgets';

import { unwrap } from '../api/client';
import type { Hit } from '../api/models';
import type { IWove } from '../tokens';

/** Where something is: a project, or a file or cell in it. */
export interface Place {
  readonly projectId: string;
  readonly path: string | null;
  readonly cell: number | null;
  readonly cellId: string | null;
  /** A line of the file, or of the cell, from 0. */
  readonly line: number | null;
}

/** The command that goes to a hit, and what to tell it. */
export function wayTo(hit: Hit): [string, ReadonlyPartialJSONObject] {
  const { project, prompt, person, path, cell, cell_id: cellId } = hit;
  if (prompt) {
    return ['wove:open-prompt', { id: prompt.id, name: prompt.name }];
  }
  if (project) {
    return ['wove:open-hit', { projectId: project.id, path, cell, cellId, line: null }];
  }
  return ['wove:profile', { handle: person?.handle ?? '' }];
}

export interface Lab {
  readonly contents: Contents.IManager;
  readonly notebooks: INotebookTracker | null;
}

/** Go to a place. Throws a ProblemError if it cannot be seen any more. */
export async function goTo(wove: IWove, lab: Lab, place: Place): Promise<void> {
  const file = place.path === null ? null : await ownFile(wove, lab, place.projectId, place.path);
  if (file === null) {
    const { projectId, path, cell } = place;
    await wove.commands.execute('wove:open-shared-project', { projectId, path, cell });
    return;
  }
  const widget = (await wove.commands.execute('docmanager:open', { path: file })) as Widget;
  if (lab.notebooks?.has(widget)) {
    await showCell(widget as NotebookPanel, place);
  } else if (widget instanceof DocumentWidget) {
    await widget.revealed;
    showLine((widget.content as { editor?: CodeEditor.IEditor }).editor, place.line);
  }
}

/** Find a file where the user can edit it; null where they cannot, or it is gone from there. */
async function ownFile(
  { api }: IWove,
  { contents }: Lab,
  projectId: string,
  path: string
): Promise<string | null> {
  const params = { path: { project_id: projectId } };
  const project = await unwrap(api.GET('/wove/api/projects/{project_id}', { params }));
  if (project.role === null || project.folder === null) {
    return null;
  }
  const file = PathExt.join(project.folder, path);
  const there = await contents.get(file, { content: false }).catch(() => null);
  return there && file;
}

async function showCell(panel: NotebookPanel, { cell, cellId, line }: Place): Promise<void> {
  await panel.revealed;
  const at = cellAt(panel.content, cellId, cell);
  const found = panel.content.widgets[at];
  if (found) {
    panel.content.activeCellIndex = at;
    await panel.content.scrollToCell(found, 'center');
    panel.content.activate();
    await found.ready;
    showLine(found.editor, line);
  }
}

/** Put the cursor into a line; what has no editor, or fewer lines, shows its beginning. */
function showLine(editor: CodeEditor.IEditor | null | undefined, line: number | null): void {
  if (editor && line !== null && line < editor.lineCount) {
    editor.setCursorPosition({ line, column: 0 });
    editor.revealPosition({ line, column: 0 });
  }
}

/** Find a cell by its id, else by where it was; -1 where there is none. */
export function cellAt(
  { widgets }: { widgets: readonly Pick<Notebook['widgets'][number], 'model'>[] },
  id: string | null,
  at: number | null
): number {
  const known = id === null ? -1 : widgets.findIndex(({ model }) => model.id === id);
  return known >= 0 || at === null ? known : Math.min(at, widgets.length - 1);
}
