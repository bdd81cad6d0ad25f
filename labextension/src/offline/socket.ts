/** A socket that tells when changes are given to it. */
import { holdsAll, isChange } from './messages';

/** Make the class of sockets for one document. */
export function tellingSocket(
  base: typeof WebSocket,
  sent: (holdsAll: boolean) => void
): typeof WebSocket {
  return class extends base {
    override send(data: string | ArrayBufferLike | Blob | ArrayBufferView): void {
      super.send(data);
      if (isChange(data)) {
        sent(holdsAll(data));
      }
    }
  };
}
