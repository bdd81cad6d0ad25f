/** What is typed in a chat in the place of a button at a cell, `/fix`; and what each message tells. */
import { Notification } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ChatCommand, IChatCommandProvider, IInputModel } from '@jupyter/chat';

import { labels, sentence, type Task, TASKS } from '../assist/tasks';
import type { Sight } from './sight';

const PROVIDER = '@jupyter-wove/labextension:sight';
const COMMAND = new RegExp(`^/(${TASKS.join('|')})(?=\\s|$)\\s*`);

export function chatCommands(trans: TranslationBundle, sight: Sight): IChatCommandProvider {
  return {
    id: PROVIDER,
    listCommandCompletions: ({ value, currentWord }) =>
      Promise.resolve(value.trim() === currentWord ? completions(trans, currentWord) : []),
    onSubmit: input => {
      input.updateMetadata({ wove: sight.told });
      const task = COMMAND.exec(input.value)?.[1] as Task | undefined;
      if (task) {
        askAtCell(trans, sight, input, task);
      }
      return Promise.resolve();
    }
  };
}

/** The commands that begin as somebody has begun to write. */
export function completions(trans: TranslationBundle, word: string): ChatCommand[] {
  const listed = TASKS.map(task => ({
    name: `/${task}`,
    providerId: PROVIDER,
    description: labels(trans, task).caption,
    spaceOnAccept: true
  }));
  return word.startsWith('/') ? listed.filter(({ name }) => name.startsWith(word)) : [];
}

/** Say it in words that all understand, and what is meant to the server. */
function askAtCell(
  trans: TranslationBundle,
  { focus, number, told }: Sight,
  input: IInputModel,
  task: Task
): void {
  if (!focus?.cell || number === null) {
    Notification.warning(trans.__('Choose a cell of a notebook first: /%1 is about that.', task));
    return;
  }
  const more = input.value.replace(COMMAND, '');
  const said = sentence(trans, task, number, PathExt.basename(focus.notebook));
  input.updateMetadata({ wove: { ...told, ...focus, task } });
  input.value = more ? `${said} ${more}` : said;
}
