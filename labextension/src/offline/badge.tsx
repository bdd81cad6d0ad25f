/** Draws how safe what is typed is: a word in the status bar, and what it means on demand. */
import { Dialog, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import React, { useEffect, useState } from 'react';
import { useStore } from 'zustand';

import type { IWove } from '../tokens';
import { useTrans, useWove } from '../ui';
import type { RoomProvider } from './provider';
import type { Rooms } from './rooms';
import type { Word } from './state';
import { wordFor } from './state';

/** Milliseconds that storing may take before it is worth a word. */
const PATIENCE = 300;

export default function Badge({ rooms }: { readonly rooms: Rooms }): JSX.Element | null {
  const room = useStore(rooms.current, current => current.room);
  return room ? <Safety room={room} /> : null;
}

function Safety({ room }: { readonly room: RoomProvider }): JSX.Element {
  const trans = useTrans();
  const wove = useWove();
  const safety = useStore(room.safety);
  const word = usePatient(wordFor(safety, safety.wasOnline));
  const said = short(trans, word, safety.unsent);
  return (
    <>
      <button
        type="button"
        className={`wove-Status wove-Safety wove-mod-${word}`}
        title={said}
        onClick={() => void explain(wove, room, word)}
      >
        <span className="wove-Safety-sign" aria-hidden="true" />
        <span className="wove-Safety-words">{said}</span>
      </button>
      <span className="wove-Hidden" role="status">
        {word === 'storing' || word === 'stored' ? '' : said}
      </span>
    </>
  );
}

/** Do not flicker: what is stored at once was never on its way. */
function usePatient(word: Word): Word {
  const [shown, show] = useState<Word>(word === 'storing' ? 'stored' : word);
  useEffect(() => {
    if (word !== 'storing') {
      show(word);
      return undefined;
    }
    const later = setTimeout(() => show('storing'), PATIENCE);
    return () => clearTimeout(later);
  }, [word]);
  return shown;
}

function short(trans: TranslationBundle, word: Word, unsent: number): string {
  const words: Record<Word, string> = {
    refused: trans.__('No access any more'),
    reading: trans.__('You can only read'),
    suggesting: trans.__('You can read and suggest'),
    connecting: trans.__('Connecting…'),
    online: trans.__('Connected'),
    stored: trans.__('Saved on the server'),
    storing: trans.__('Saving…'),
    offline: trans.__('Offline: all is saved'),
    kept: trans._n('Offline: %1 change kept here', 'Offline: %1 changes kept here', unsent),
    'only-here': trans._n(
      'Offline: %1 change only in this tab',
      'Offline: %1 changes only in this tab',
      unsent
    )
  };
  return words[word];
}

function long(trans: TranslationBundle, word: Word): string {
  const words: Record<Word, string> = {
    refused: trans.__(
      'The server does not let you into this document any more. Ask an owner of the project.'
    ),
    reading: trans.__(
      'You see what others type as they do. To edit, ask an owner of the project to make you an editor.'
    ),
    suggesting: trans.__(
      'You see what others type as they do. What you type in a suggestion, editors of the project accept or reject.'
    ),
    connecting: trans.__('The document is being opened.'),
    online: trans.__(
      'What you type reaches the server, which does not say when it is on its disk.'
    ),
    stored: trans.__(
      'All that you typed is on the disk of the server, and is there after a crash. The file follows within seconds.'
    ),
    storing: trans.__('The server has not said yet that your last changes are on its disk.'),
    offline: trans.__(
      'The server cannot be reached. All that you typed is saved there. You can go on typing.'
    ),
    kept: trans.__(
      'The server cannot be reached. What you type is kept in this browser, also when you close the tab, and is sent when the server is back.'
    ),
    'only-here': trans.__(
      'The server cannot be reached, and this browser keeps nothing for us, as in a private window. Leave the tab open until the server is back.'
    )
  };
  return words[word];
}

async function explain({ commands, trans }: IWove, room: RoomProvider, word: Word): Promise<void> {
  const { isOnline } = room.safety.getState();
  const { button } = await showDialog({
    title: short(trans, word, room.safety.getState().unsent),
    body: long(trans, word),
    buttons: [
      ...(isOnline
        ? []
        : [Dialog.createButton({ label: trans.__('Reconnect now'), actions: ['connect'] })]),
      ...(word === 'suggesting'
        ? [Dialog.createButton({ label: trans.__('Suggest changes'), actions: ['suggest'] })]
        : []),
      Dialog.okButton({ label: trans.__('Close') })
    ]
  });
  if (button.actions.includes('connect')) {
    room.connectAgain();
  } else if (button.actions.includes('suggest')) {
    await commands.execute('wove:suggest');
  }
}
