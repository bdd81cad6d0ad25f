/** Connects an open document with its room on the server, and keeps what the server has not yet. */
import type { IForkProvider } from '@jupyter/docprovider';
import type { IDocumentProvider } from '@jupyter/collaborative-drive';
import type { DocumentChange, YDocument } from '@jupyter/ydoc';
import { URLExt } from '@jupyterlab/coreutils';
import type { ServerConnection, User } from '@jupyterlab/services';
import { PromiseDelegate } from '@lumino/coreutils';
import type { Decoder } from 'lib0/decoding';
import { WebsocketProvider } from 'y-websocket';
import { decodeStateVector } from 'yjs';

import { keep, type Kept, keepingName, leftBehind, placeFor, readUnsent } from './keeping';
import {
  CHANGED_ROLE,
  EXPIRED,
  isBehind,
  NOTICE,
  RAW,
  readJson,
  readStored,
  REFUSED,
  REPLACED,
  type SaveReply,
  STORED,
  UNREADABLE,
  type Welcome,
  WELCOME
} from './messages';
import { followMoves } from './moved';
import { Pulse } from './pulse';
import { Saves } from './saves';
import type { Session } from './session';
import { beginSession } from './session';
import { abandon, tellingSocket } from './socket';
import { createSafety } from './state';
import { Unsent } from './unsent';

const ROOMS = 'api/collaboration/room';
/** Milliseconds between two tries to connect again, at most. */
const LONGEST_PAUSE = 1000;

export interface RoomOptions {
  readonly path: string;
  readonly contentType: string;
  readonly format: string;
  readonly model: YDocument<DocumentChange>;
  readonly user: User.IManager;
  readonly serverSettings: ServerConnection.ISettings;
  /** The room of a copy of the document, where it is this that is shown. */
  readonly side?: string | undefined;
}

/** What happened that a person has to hear of. */
export interface Told {
  /** The server has another history: what was made here cannot be merged into it. */
  replaced(room: RoomProvider): void;
  /** The server said a sentence. */
  said(sentence: string, isWarning: boolean): void;
  /** This browser has changes that were never sent, in histories that the server has no more. */
  leftBehind(room: RoomProvider, names: readonly string[]): void;
  /** The server cannot go on with this page, or with this document. */
  expired(room: RoomProvider, reason: string): void;
}

/** The connection of one document. */
export class RoomProvider implements IDocumentProvider, IForkProvider {
  constructor(
    readonly options: RoomOptions,
    private readonly told: Told
  ) {
    const { user, model } = options;
    void user.ready.then(this.introduce);
    user.userChanged.connect(this.introduce);
    model.ydoc.on('update', this.updated);
    if (options.contentType === 'notebook') {
      this.unfollow = followMoves(
        model.ydoc,
        ({ origin }) => this.mayEdit && this.socket !== null && origin === this.socket,
        () => this.lastState && decodeStateVector(this.lastState)
      );
    }
    window.addEventListener('offline', this.hangUp);
    window.addEventListener('online', this.connectNow);
    document.addEventListener('visibilitychange', this.connectNow);
    this.opened.promise.catch(() => undefined); // who waits for it hears of it
    void this.open();
  }

  readonly safety = createSafety();
  /** The name under which this browser keeps the document. */
  keptAs = '';

  get isDisposed(): boolean {
    return this.disposed;
  }

  get ready(): Promise<void> {
    return this.opened.promise;
  }

  get contentType(): string {
    return this.options.contentType;
  }

  get format(): string {
    return this.options.format;
  }

  /** Try to connect now. */
  readonly connectNow = (): void => {
    const socket = this.socket;
    if (
      socket &&
      !socket.wsconnected &&
      !socket.wsconnecting &&
      document.visibilityState === 'visible'
    ) {
      socket.disconnect();
      socket.connect();
    }
  };

  /** Try to connect, as somebody asks for it. */
  connectAgain(): void {
    if (this.socket) {
      this.connectNow();
    } else if (!this.isOver) {
      void this.reconnect();
    }
  }

  async reconnect(): Promise<void> {
    this.leave();
    await this.open();
  }

  connectToForkDoc(room: string, sessionId: string): Promise<void> {
    this.leave();
    this.connect(room, { sessionId });
    return Promise.resolve();
  }

  /** Have the server write the file. Rejects where it could not. */
  async save(): Promise<void> {
    if (this.options.side !== undefined) {
      return; // it has no file
    }
    await this.saves.ask(this.socket?.ws);
  }

  dispose(): void {
    if (this.disposed) {
      return;
    }
    this.disposed = true;
    const { user, model } = this.options;
    user.userChanged.disconnect(this.introduce);
    model.ydoc.off('update', this.updated);
    this.unfollow();
    window.removeEventListener('offline', this.hangUp);
    window.removeEventListener('online', this.connectNow);
    document.removeEventListener('visibilitychange', this.connectNow);
    this.leave();
    this.kept?.close();
  }

  private async open(): Promise<void> {
    try {
      this.session = await beginSession(this.options.serverSettings, this.options);
    } catch (error) {
      this.opened.reject(error);
      return;
    }
    if (!this.disposed) {
      const { format, type, fileId, sessionId } = this.session;
      this.connect(this.options.side ?? `${format}:${type}:${fileId}`, {
        sessionId,
        wove: '1',
        ...(this.epoch && { epoch: this.epoch }) // or an old history would meet a new one
      });
    }
  }

  private connect(room: string, params: Record<string, string>): void {
    const { serverSettings, model } = this.options;
    const token = serverSettings.appendToken ? serverSettings.token : '';
    const socket = new WebsocketProvider(
      URLExt.join(serverSettings.wsUrl, ROOMS),
      room,
      model.ydoc,
      {
        awareness: model.awareness,
        disableBc: true,
        maxBackoffTime: LONGEST_PAUSE,
        params: { ...params, ...(token && { token }) },
        WebSocketPolyfill: tellingSocket(serverSettings.WebSocket, holdsAll =>
          this.unsent.sent(holdsAll)
        )
      }
    );
    socket.messageHandlers[STORED] = (_, decoder) => this.stored(decoder);
    socket.messageHandlers[WELCOME] = (_, decoder) => void this.welcomed(readJson(decoder));
    socket.messageHandlers[REFUSED] = (_, decoder) => this.says(decoder, true);
    socket.messageHandlers[NOTICE] = (_, decoder) => this.says(decoder, false);
    socket.messageHandlers[RAW] = (_, decoder) => this.replied(readJson(decoder));
    socket.on('status', this.statusChanged);
    socket.on('sync', this.synced);
    socket.on('connection-close', this.closed);
    this.socket = socket;
    this.pulse.start();
  }

  /** End the connection from here, and try anew. */
  private readonly hangUp = (): void => {
    const line = this.socket?.ws;
    if (line) {
      abandon(line);
    }
  };

  private leave(): void {
    this.socket?.destroy();
    this.socket = null;
    this.safety.setState({ isOnline: false }); // a socket that was left says nothing any more
    this.pulse.stop();
    this.saves.end();
  }

  private readonly statusChanged = ({ status }: { status: string }): void => {
    const isOnline = status === 'connected';
    if (isOnline) {
      this.isFirst = true;
      this.unsent.connected();
      this.mayBeRefused = false;
      this.safety.setState({ isRefused: false, wasOnline: true });
    }
    this.safety.setState({ isOnline });
  };

  private readonly synced = (isSynced: boolean): void => {
    if (!isSynced || !this.socket) {
      return;
    }
    const state = this.options.model.ydoc.getMap('state');
    if (this.mayEdit && state.get('document_id') !== this.socket.roomname) {
      state.set('document_id', this.socket.roomname);
    }
    this.firstState.resolve(null);
    this.opened.resolve();
  };

  private async welcomed({ epoch, role }: Welcome): Promise<void> {
    this.safety.setState({ role });
    if (this.mayEdit && this.hasStrayed && this.unsent.count === 0) {
      this.replaced(); // before the server asks for all, or it would have what it refused
      return;
    }
    const isNew = this.epoch === '';
    if (isNew && this.socket) {
      this.epoch = epoch;
      this.socket.url += `&epoch=${encodeURIComponent(epoch)}`;
    }
    if (!this.mayEdit) {
      this.kept?.close(); // what is done from now on is nothing to keep
      this.kept = null;
      this.keptAs = '';
    }
    if (this.session && (isNew || (this.mayEdit && !this.keptAs))) {
      await this.keep(this.options.side ?? this.session.fileId);
    }
  }

  private async keep(document: string): Promise<void> {
    const { model, serverSettings } = this.options;
    const wanted = keepingName(serverSettings.baseUrl, document, this.epoch);
    const name = await placeFor(wanted, await this.firstState.promise);
    if (!this.mayEdit) {
      await readUnsent(name, model.ydoc);
      return;
    }
    this.keptAs = name;
    this.kept = await keep(name, model.ydoc);
    this.safety.setState({ isKept: this.kept !== null });
    this.count();
    if (this.disposed || !this.mayEdit) {
      this.kept?.close();
      this.kept = null;
    } else if (this.kept) {
      this.told.leftBehind(this, await leftBehind(name));
    }
  }

  private readonly updated = (_: Uint8Array, origin: unknown): void => {
    const isFromServer = this.socket !== null && origin === this.socket;
    if (!isFromServer && this.mayEdit) {
      this.unsent.changed();
      this.count();
    }
    this.hasStrayed ||= !isFromServer && !this.mayEdit;
  };

  private stored(decoder: Decoder): void {
    const { state, frames } = readStored(decoder);
    if (this.isFirst && this.lastState && isBehind(state, this.lastState)) {
      this.replaced(); // before it is asked for what it had once, and has again with other names
      return;
    }
    this.isFirst = false;
    this.lastState = state;
    this.firstState.resolve(state);
    this.unsent.stored(frames);
    this.pulse.answered();
    this.kept?.remember(state);
    this.count();
  }

  private count(): void {
    const unsent = this.epoch ? this.unsent.count : 0;
    this.kept?.mark(unsent);
    this.safety.setState({ unsent });
  }

  private says(decoder: Decoder, isWarning: boolean): void {
    this.told.said(readJson<{ detail: string }>(decoder).detail, isWarning);
  }

  private replied(reply: SaveReply | { type: 'conflict' }): void {
    if (reply.type === 'conflict') {
      this.replaced();
    } else {
      this.saves.replied(reply);
    }
  }

  private readonly closed = (event: CloseEvent | null): void => {
    const code = event?.code ?? 0;
    this.saves.end();
    if (code === REPLACED) {
      this.replaced();
    } else if (code === CHANGED_ROLE) {
      this.mayBeRefused = true;
    } else if (code === EXPIRED) {
      this.leave();
      this.told.expired(this, event?.reason ?? '');
    } else if (UNREADABLE.includes(code)) {
      const reason = event?.reason || 'The file could not be opened.';
      this.leave();
      this.opened.reject(new Error(reason));
      if (this.epoch) {
        this.told.said(reason, true);
      }
    } else if (this.mayBeRefused && !this.safety.getState().isOnline) {
      this.mayBeRefused = false;
      this.safety.setState({ isRefused: true });
    }
  };

  private replaced(): void {
    this.isOver = true;
    this.leave();
    this.told.replaced(this);
  }

  private get mayEdit(): boolean {
    const { role } = this.safety.getState();
    return role !== 'viewer' && role !== 'commenter';
  }

  private readonly introduce = (): void => {
    const { user, model } = this.options;
    model.awareness.setLocalStateField('user', user.identity);
  };

  private readonly opened = new PromiseDelegate<void>();
  private readonly unsent = new Unsent();
  /** What the server had on its disk when it was first reached; null where it does not say. */
  private readonly firstState = new PromiseDelegate<Uint8Array | null>();
  private lastState: Uint8Array | null = null;
  private unfollow: () => void = () => undefined;
  private isFirst = true;
  /** Whether this page shows what somebody did who may only read, and nobody else has. */
  private hasStrayed = false;
  private readonly saves = new Saves();
  private readonly pulse = new Pulse(
    () => ({
      isOwed: this.socket?.wsconnecting || (!this.isFirst && this.safety.getState().unsent > 0),
      moved: this.socket?.ws?.bufferedAmount ?? 0
    }),
    this.hangUp
  );
  private socket: WebsocketProvider | null = null;
  private session: Session | null = null;
  private kept: Kept | null = null;
  private epoch = '';
  private mayBeRefused = false;
  private isOver = false;
  private disposed = false;
}
