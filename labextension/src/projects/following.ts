/** Keeps the workplace where the user is: the current document or page, or the file browser's folder. */
import type { ILabShell } from '@jupyterlab/application';
import type { FileBrowser } from '@jupyterlab/filebrowser';
import type { Widget } from '@lumino/widgets';

import type { Project } from '../api/models';
import type { Desk } from './desk';
import { contextOf } from './documents';
import { measureWhenShown } from './listing';

/** Where the pages of a project say which folder they are about. */
const FOLDER = 'woveFolder';

/** Say that a widget is about the folder of a project. */
export function isAbout(widget: Widget, { folder }: Project): void {
  if (folder !== null) {
    widget.node.dataset[FOLDER] = folder;
  }
}

/** Follow the user through documents and folders, and hear of saved files. */
export function followUser(desk: Desk, shell: ILabShell | null): void {
  const { app, place, browser } = desk;
  const { contents } = app.serviceManager;
  // Drives of other extensions are no part of this server's folders.
  const look = (path: string, isFolder: boolean): void => {
    if (contents.driveName(path) === '') {
      place.look(contents.localPath(path), isFolder);
    }
  };
  const lookAtCurrent = (): void => {
    const current = shell?.currentWidget ?? null;
    const folder = current?.node.dataset[FOLDER];
    const path = contextOf(current)?.path;
    if (folder !== undefined) {
      place.look(folder, true);
    } else if (path !== undefined) {
      look(path, false);
    }
  };
  contents.fileChanged.connect(place.saved, place);
  place.sight.subscribe(() => app.commands.notifyCommandChanged());
  if (browser) {
    browser.model.pathChanged.connect(followFolder, look);
    measureWhenShown(browser);
  }
  shell?.currentChanged.connect(lookAtCurrent, place);
  void app.restored.then(() => {
    look(browser?.model.path ?? '', true);
    lookAtCurrent();
  });
}

function followFolder(
  this: (path: string, isFolder: boolean) => void,
  _model: FileBrowser['model'],
  { newValue }: { newValue: string }
): void {
  this(newValue, true);
}
