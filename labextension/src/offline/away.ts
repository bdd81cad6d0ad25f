/** Tells people that the server is away, and takes neither the keys nor the page from them. */
import type { IConnectionLost } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import { ServerConnection } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';

/** Milliseconds without a failure after which another one is news: JupyterLab asks at least so often. */
const NEWS = 6 * 60_000;
const RESTART = 'hub:restart';

/** What JupyterLab does each time that the server did not answer it: speak once, in a corner. */
export function quietly(commands: CommandRegistry, trans: TranslationBundle): IConnectionLost {
  const last = { away: -Infinity, stopped: -Infinity };

  function isNews(what: keyof typeof last): boolean {
    const before = last[what];
    last[what] = Date.now();
    return last[what] - before > NEWS;
  }

  return (_manager, error) => {
    const isStopped = !(error instanceof ServerConnection.NetworkError);
    if (isStopped && commands.hasCommand(RESTART)) {
      if (isNews('stopped')) {
        sayStopped(commands, trans);
      }
    } else if (isNews('away')) {
      sayAway(trans);
    }
    return Promise.resolve();
  };
}

function sayAway(trans: TranslationBundle): void {
  const sentence = trans.__(
    'The server does not answer. You can go on writing: documents keep it until it is back, as the status bar says. Cells run again then.'
  );
  Notification.warning(sentence, { autoClose: 10_000 });
}

function sayStopped(commands: CommandRegistry, trans: TranslationBundle): void {
  const sentence = trans.__(
    'Your server is not running. You can go on writing: documents keep it until it runs again.'
  );
  const callback = (): void => void commands.execute(RESTART);
  const actions = [{ label: trans.__('Start it'), callback, displayType: 'accent' as const }];
  Notification.warning(sentence, { autoClose: false, actions });
}
