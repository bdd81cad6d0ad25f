/** Goes over to suggesting, and back. */
import type { RoomProvider } from '../offline/provider';
import { notifyProblem } from '../ui';
import type { Desk } from './desk';
import { begin } from './suggesting';

/** Begin to suggest changes of a document, or be done with it. */
export async function toggle(desk: Desk, room: RoomProvider | null): Promise<void> {
  const suggesting = room && desk.copies.get(room);
  const { trans } = desk.wove;
  try {
    await (suggesting ? suggesting.done() : room && begin(desk, room));
  } catch (error) {
    notifyProblem(trans, trans.__('You cannot suggest changes now.'), error);
  }
}
