/** Accepts and rejects what is suggested, says so, and offers to take it back. */
import { Dialog, Notification, showDialog } from '@jupyterlab/apputils';
import React from 'react';

import { ProblemError } from '../api/problem';
import { Lines } from '../history/lines';
import type { IWove } from '../tokens';
import { notifyProblem } from '../ui';
import type { Entry, Review } from './model';
import type { Decided } from './queries';
import * as queries from './queries';
import { nameOf } from './words';

/** Bring changes of one suggestion into the document. */
export async function accept(
  wove: IWove,
  review: Review,
  entries: readonly Entry[],
  anyway = false
): Promise<void> {
  const { trans } = wove;
  const [first] = entries;
  if (!first) {
    return;
  }
  try {
    const changes = entries.map(({ change }) => change);
    const decided = await queries.accept(wove.api, first.suggestion.id, changes, anyway);
    tell(
      wove,
      review,
      decided,
      trans._n('Accepted %1 change.', 'Accepted %1 changes.', changes.length)
    );
  } catch (error) {
    await refused(wove, review, entries, error);
  } finally {
    review.refresh();
  }
}

/** Take changes out of a suggestion. */
export async function reject(
  wove: IWove,
  review: Review,
  entries: readonly Entry[]
): Promise<void> {
  const { trans } = wove;
  const [first] = entries;
  if (!first) {
    return;
  }
  try {
    const changes = entries.map(({ change }) => change);
    const decided = await queries.reject(wove.api, first.suggestion.id, changes);
    tell(
      wove,
      review,
      decided,
      trans._n('Rejected %1 change.', 'Rejected %1 changes.', changes.length)
    );
  } catch (error) {
    notifyProblem(trans, trans.__('Nothing was rejected.'), error);
  } finally {
    review.refresh();
  }
}

function tell(wove: IWove, review: Review, { decision, suggestion }: Decided, said: string): void {
  const { trans } = wove;
  const undo = async (): Promise<void> => {
    try {
      await queries.undo(wove.api, suggestion.id, decision);
    } catch (error) {
      notifyProblem(trans, trans.__('Nothing was undone.'), error);
    }
    review.refresh();
  };
  Notification.success(said, {
    autoClose: 10_000,
    actions: [{ label: trans.__('Undo'), callback: () => void undo() }]
  });
}

async function refused(
  wove: IWove,
  review: Review,
  entries: readonly Entry[],
  error: unknown
): Promise<void> {
  const [only] = entries;
  if (only && entries.length === 1 && ProblemError.of(error).status === 409) {
    await ask(wove, review, only, ProblemError.of(error).message);
  } else {
    notifyProblem(wove.trans, wove.trans.__('Nothing was accepted.'), error);
  }
}

/** Show both sides of a conflict, and do what is chosen. */
async function ask(wove: IWove, review: Review, entry: Entry, why: string): Promise<void> {
  const { trans } = wove;
  const { button } = await showDialog({
    title: trans.__('Which of both?'),
    body: <Both why={why} entry={entry} now={nowIn(review, entry)} trans={trans} />,
    buttons: [
      Dialog.cancelButton({ label: trans.__('Decide later') }),
      Dialog.createButton({ label: trans.__('Keep what is there'), actions: ['keep'] }),
      Dialog.okButton({ label: trans.__('Take the suggestion'), actions: ['take'] })
    ]
  });
  if (button.actions.includes('take')) {
    await accept(wove, review, [entry], true);
  } else if (button.actions.includes('keep')) {
    await reject(wove, review, [entry]);
  }
}

interface BothProps {
  readonly why: string;
  readonly entry: Entry;
  readonly now: string | null;
  readonly trans: IWove['trans'];
}

function Both({ why, entry, now, trans }: BothProps): JSX.Element {
  return (
    <div className="wove-Both">
      <p>{why}</p>
      <h4>{trans.__('What is there')}</h4>
      {now === null ? <p>{trans.__('The cell is gone.')}</p> : <pre>{now}</pre>}
      <h4>{trans.__('What %1 suggests', nameOf(trans, entry.suggestion))}</h4>
      {entry.change.difference.kind === 'removed' ? (
        <p>{trans.__('To remove the cell.')}</p>
      ) : (
        <Lines lines={entry.change.difference.source} />
      )}
    </div>
  );
}

interface Book {
  readonly cells: readonly { getId(): string; getSource(): string }[];
}

/** What a cell says now in the open document; null where it is gone. */
function nowIn({ room }: Review, { change }: Entry): string | null {
  const { model } = room.options;
  if (!isBook(model)) {
    const source = model.getSource();
    return typeof source === 'string' ? source : null;
  }
  return model.cells.find(cell => cell.getId() === change.cell)?.getSource() ?? null;
}

function isBook(model: object): model is Book {
  return 'cells' in model;
}
