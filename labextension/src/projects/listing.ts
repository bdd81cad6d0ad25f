/** Gives the columns of the file browser their width when it is shown. */
import type { FileBrowser } from '@jupyterlab/filebrowser';
import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';

/**
 * Measure the listing each time it is shown.
 *
 * One that was led to another folder while it was hidden, as a new project does, has measured a
 * width of nothing, and would show no names.
 */
export function measureWhenShown(browser: FileBrowser): void {
  MessageLoop.installMessageHook(browser, (_, { type }) => {
    if (type === 'after-show') {
      MessageLoop.postMessage(browser, Widget.ResizeMessage.UnknownSize);
    }
    return true;
  });
}
