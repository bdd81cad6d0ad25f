/** The comments of one document, as they come over the line. */
import { URLExt } from '@jupyterlab/coreutils';
import type { ServerConnection } from '@jupyterlab/services';
import { WebsocketProvider } from 'y-websocket';
import type { Map as YMap } from 'yjs';
import { Doc } from 'yjs';
import { createStore } from 'zustand/vanilla';

import type { Role, Thread } from '../api/models';
import type { Welcome } from '../offline/messages';
import { readJson, REPLACED, WELCOME } from '../offline/messages';

const ROOMS = 'api/collaboration/room';
const LONGEST_PAUSE = 1000;

export interface Heard {
  readonly threads: readonly Thread[];
  readonly isOnline: boolean;
  /** Null until the server has said it. */
  readonly role: Role | null;
}

/** Listens to a room in which only the server writes. */
export class Line {
  constructor(
    private readonly settings: ServerConnection.ISettings,
    private readonly room: string
  ) {
    this.connect();
  }

  readonly heard = createStore<Heard>(() => ({ threads: [], isOnline: false, role: null }));

  close(): void {
    this.socket?.destroy();
    this.socket = null;
  }

  private connect(): void {
    const { settings } = this;
    const token = settings.appendToken ? settings.token : '';
    const doc = new Doc();
    const threads = doc.getMap<YMap<unknown>>('threads');
    threads.observeDeep(() => this.heard.setState({ threads: read(threads) }));
    const socket = new WebsocketProvider(URLExt.join(settings.wsUrl, ROOMS), this.room, doc, {
      disableBc: true,
      maxBackoffTime: LONGEST_PAUSE,
      params: { wove: '1', ...(token && { token }) },
      WebSocketPolyfill: settings.WebSocket
    });
    socket.messageHandlers[WELCOME] = (_, decoder) => {
      const { epoch, role } = readJson<Welcome>(decoder);
      this.heard.setState({ role });
      if (!socket.url.includes('&epoch=')) {
        socket.url += `&epoch=${encodeURIComponent(epoch)}`; // or an old history would meet a new one
      }
    };
    socket.on('status', ({ status }: { status: string }) =>
      this.heard.setState({ isOnline: status === 'connected' })
    );
    socket.on('connection-close', (event: CloseEvent | null) => {
      if (event?.code === REPLACED) {
        this.close();
        this.heard.setState({ threads: [], isOnline: false });
        this.connect();
      }
    });
    this.socket = socket;
  }

  private socket: WebsocketProvider | null = null;
}

function read(threads: YMap<YMap<unknown>>): Thread[] {
  const found = [...threads].map(([id, thread]) => ({ id, ...thread.toJSON() }) as Thread);
  return found.sort((one, other) => (order(one) < order(other) ? -1 : 1));
}

function order({ created, id }: Thread): string {
  return `${created} ${id}`;
}
