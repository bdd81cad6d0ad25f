/** The commands about suggestions, in words. */
import { editIcon } from '@jupyterlab/ui-components';

import type { Desk } from './desk';
import type { Review } from './model';
import { byCell, step } from './model';

export const SHOW = 'wove:show-suggestions';
export const SUGGEST = 'wove:suggest';
const NOTHING = { args: { type: 'object', properties: {} } } as const;

/** Add all that can be done with suggestions, but for showing their panel. */
export function addCommands(desk: Desk): void {
  const { trans } = desk.wove;
  addSuggest(desk);
  addReviewing(desk, 'wove:next-suggestion', trans.__('Next Suggestion'), walk(desk, 1));
  addReviewing(desk, 'wove:previous-suggestion', trans.__('Previous Suggestion'), walk(desk, -1));
  addReviewing(
    desk,
    'wove:accept-suggestion',
    trans.__('Accept Suggestion'),
    decide(desk, 'accept')
  );
  addReviewing(
    desk,
    'wove:reject-suggestion',
    trans.__('Reject Suggestion'),
    decide(desk, 'reject')
  );
}

function addSuggest(desk: Desk): void {
  const { app, rooms, wove } = desk;
  const { trans } = wove;
  const isCopy = (): boolean => rooms.current.getState().room?.options.side !== undefined;
  app.commands.addCommand(SUGGEST, {
    label: trans.__('Suggest Changes'),
    caption: trans.__('Edit a copy; who edits the document accepts or rejects each change'),
    icon: editIcon,
    isEnabled: () => rooms.current.getState().room !== null,
    isToggleable: true,
    isToggled: isCopy,
    describedBy: NOTHING,
    execute: async () => {
      const { room } = rooms.current.getState();
      const { toggle } = await import('./toggling');
      await toggle(desk, room);
    }
  });
  rooms.current.subscribe(() => app.commands.notifyCommandChanged(SUGGEST));
}

type Work = (review: Review) => Promise<void>;

function addReviewing({ app, reviews }: Desk, command: string, label: string, work: Work): void {
  app.commands.addCommand(command, {
    label,
    describedBy: NOTHING,
    isEnabled: () => Boolean(reviews.current.getState().review?.seen.getState().entries.length),
    execute: async () => {
      const { review } = reviews.current.getState();
      if (review) {
        await work(review);
      }
    }
  });
}

function walk(desk: Desk, by: 1 | -1): Work {
  return async review => {
    const { cellsOf, go } = await import('./showing');
    const { entries, chosen } = review.seen.getState();
    const cells = cellsOf(desk, review);
    const entry = step(entries, cells, chosen, by);
    const found = entry && [...byCell([entry], cells).keys()][0];
    if (entry && found) {
      go(desk, review, entry, found);
    } else {
      await desk.app.commands.execute(SHOW);
    }
  };
}

function decide(desk: Desk, verdict: 'accept' | 'reject'): Work {
  return async review => {
    const entry = review.chosen ?? review.seen.getState().entries[0];
    const deciding = await import('./deciding');
    await deciding[verdict](desk.wove, review, entry ? [entry] : []);
  };
}
