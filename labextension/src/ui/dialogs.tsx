/** Questions and bad news, as JupyterLab's own dialogs and notifications. */
import { Dialog, Notification, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import { ProblemError } from '../api/problem';
import { RequestId } from './states';

export interface Question {
  readonly title: string;
  /** What will happen, in a sentence. */
  readonly body: string;
  /** The verb on the button, such as "Delete". */
  readonly accept: string;
  /** Whether it destroys something. */
  readonly danger?: boolean;
}

/** Ask before doing; true if the user agreed. */
export async function confirm(trans: TranslationBundle, question: Question): Promise<boolean> {
  const accept = { label: question.accept, ariaLabel: question.accept };
  const { button } = await showDialog({
    title: question.title,
    body: question.body,
    buttons: [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      question.danger ? Dialog.warnButton(accept) : Dialog.okButton(accept)
    ],
    // Enter must not destroy.
    defaultButton: question.danger ? 0 : 1
  });
  return button.accept;
}

/** Tell that something failed: `what` in a sentence, why from the problem, the rest on demand. */
export function notifyProblem(trans: TranslationBundle, what: string, thrown: unknown): void {
  const problem = ProblemError.of(thrown);
  Notification.error(`${what} ${problem.message}`, {
    autoClose: 10_000,
    actions: [
      { label: trans.__('Details'), callback: () => void showProblem(trans, what, problem) }
    ]
  });
}

async function showProblem(
  trans: TranslationBundle,
  what: string,
  problem: ProblemError
): Promise<void> {
  await showDialog({
    title: what,
    body: (
      <div>
        <p>{problem.message}</p>
        {problem.requestId && <RequestId id={problem.requestId} />}
      </div>
    ),
    buttons: [Dialog.okButton({ label: trans.__('Close') })]
  });
}
