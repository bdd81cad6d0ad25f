/** A document that is open in a tab, connected with a room in memory. */
import { YFile } from '@jupyter/ydoc';
import type { User } from '@jupyterlab/services';
import { Signal } from '@lumino/signaling';
import { waitFor } from '@testing-library/react';

import { RoomProvider } from '../../src/offline/provider';
import type { Word } from '../../src/offline/state';
import { wordFor } from '../../src/offline/state';
import type { Answer, TestServer } from '../api/server';
import { serve } from '../api/server';
import type { RoomServer } from './server';

const SESSION = { format: 'text', type: 'file', fileId: 'f1', sessionId: 's1' };

export const session: Answer = (_request, response) => {
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify(SESSION));
};

/** What a person was told, and asks for. */
export class Tab {
  readonly model = new YFile();
  readonly heard: string[] = [];

  constructor(
    readonly http: TestServer,
    readonly server: RoomServer,
    side?: string
  ) {
    const note = (said: string): number => this.heard.push(said);
    this.room = new RoomProvider(
      {
        path: 'notes.md',
        contentType: 'file',
        format: 'text',
        model: this.model,
        user: somebody(this),
        serverSettings: { ...http.settings, WebSocket: server.WebSocket },
        side
      },
      {
        replaced: () => note('replaced'),
        said: (sentence, isWarning) => note(`${isWarning ? 'warning' : 'info'}: ${sentence}`),
        leftBehind: (_, names) => names.forEach(name => note(`left behind: ${name}`)),
        expired: (_, reason) => note(`expired: ${reason}`)
      }
    );
  }

  readonly room: RoomProvider;

  /** Type at the end; one change. */
  type(text: string): void {
    this.model.ysource.insert(this.model.ysource.length, text);
  }

  get unsent(): number {
    return this.room.safety.getState().unsent;
  }

  get word(): Word {
    const safety = this.room.safety.getState();
    return wordFor(safety, safety.wasOnline);
  }

  /** Wait until the badge would say this. */
  async says(word: Word): Promise<void> {
    await waitFor(() => expect(this.word).toBe(word), { timeout: 4000 });
  }

  /** Close the tab; its server goes on. */
  leave(): void {
    this.room.dispose();
    this.model.dispose();
  }

  async close(): Promise<void> {
    this.leave();
    await this.http.close();
  }
}

/** Open a document in a tab. */
export async function openTab(server: RoomServer, answer = session, side?: string): Promise<Tab> {
  return new Tab(await serve(answer), server, side);
}

function somebody(tab: Tab): User.IManager {
  const identity = { username: 'ann', display_name: 'Ann' };
  const userChanged = new Signal<Tab, User.IUser>(tab);
  return { identity, userChanged, ready: Promise.resolve() } as unknown as User.IManager;
}
