/** Answers on their way into a chat: shared texts beside its messages, by the ids of those. */
import type * as Y from 'yjs';

export type Streams = Y.Map<Y.Text>;

const NAME = 'wove_streams';

/** Finds the answers of a chat; null where it is no shared document. */
export function streamsOf(model: unknown): Streams | null {
  const found = model as { sharedModel?: { ydoc?: Y.Doc } };
  return found.sharedModel?.ydoc?.getMap(NAME) ?? null;
}

/** Tells of each change of one answer, until what it returns is called. */
export function follow(streams: Streams, id: string, changed: () => void): () => void {
  const look = (events: Y.YEvent<Y.AbstractType<unknown>>[]): void => {
    if (events.some(event => event.path[0] === id || event.keys.has(id))) {
      changed();
    }
  };
  streams.observeDeep(look);
  return () => streams.unobserveDeep(look);
}
