/** Keeps the workplace where the user is: the current document, or the file browser's folder. */
import type { ILabShell } from '@jupyterlab/application';
import type { FileBrowser } from '@jupyterlab/filebrowser';

import type { Desk } from './desk';
import { contextOf } from './documents';

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
  const lookAtDocument = (): void => {
    const path = contextOf(shell?.currentWidget ?? null)?.path;
    if (path !== undefined) {
      look(path, false);
    }
  };
  contents.fileChanged.connect(place.saved, place);
  place.sight.subscribe(() => app.commands.notifyCommandChanged());
  browser?.model.pathChanged.connect(followFolder, look);
  shell?.currentChanged.connect(lookAtDocument, place);
  void app.restored.then(() => {
    look(browser?.model.path ?? '', true);
    lookAtDocument();
  });
}

function followFolder(
  this: (path: string, isFolder: boolean) => void,
  _model: FileBrowser['model'],
  { newValue }: { newValue: string }
): void {
  this(newValue, true);
}
