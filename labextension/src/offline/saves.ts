/** Asks the server to write the file, and waits for what it says. */
import { PromiseDelegate } from '@lumino/coreutils';

import { saveMessage, type SaveReply } from './messages';

/** The saves of one document that were asked for and not answered. */
export class Saves {
  /** Ask over a socket. Rejects where the server could not, and where it is away. */
  async ask(socket: WebSocket | null | undefined): Promise<void> {
    if (!socket || socket.readyState !== WebSocket.OPEN) {
      throw new Error('The server is away. What you typed is kept, and saved when it is back.');
    }
    const id = ++this.asked;
    const done = new PromiseDelegate<void>();
    this.open.set(id, done);
    socket.send(saveMessage(id));
    await done.promise;
  }

  /** The server answered one of them. */
  replied({ responseTo, status }: SaveReply): void {
    const done = this.open.get(responseTo);
    this.open.delete(responseTo);
    if (status === 'failed') {
      done?.reject(new Error('The server could not write the file. What you typed is kept.'));
    } else {
      done?.resolve();
    }
  }

  /** The connection is over, and with it what was asked over it. */
  end(): void {
    for (const done of this.open.values()) {
      done.reject(new Error('The connection ended before the file was saved.'));
    }
    this.open.clear();
  }

  private readonly open = new Map<number, PromiseDelegate<void>>();
  private asked = 0;
}
