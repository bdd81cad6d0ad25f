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

/** Close a socket for who holds it now, and not when the other end agrees: it may never hear of it. */
export function abandon(socket: WebSocket): void {
  const { onclose } = socket;
  socket.onopen = socket.onmessage = socket.onerror = socket.onclose = null;
  socket.close();
  onclose?.call(socket, new CloseEvent('close', { code: 1006 }));
}
