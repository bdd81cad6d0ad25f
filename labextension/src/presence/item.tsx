/** Draws in the status bar who else is here. */
import React from 'react';

import { useTrans, useWove } from '../ui';
import { Face } from './face';
import { useAround, useFollowers, usePeople } from './here';
import type { Parts } from './part';

const MOST = 4; // faces beside each other

export default function Item({ presence, place }: Parts): JSX.Element | null {
  const { commands } = useWove();
  const trans = useTrans();
  const people = usePeople(presence, useAround(place));
  const followers = useFollowers(presence);
  const others = people.filter(({ isMe }) => !isMe);
  if (others.length === 0) {
    return null;
  }
  const names = others.map(({ name }) => name).join(', ');
  return (
    <button
      type="button"
      className="wove-Status wove-Faces"
      title={trans.__('Also here: %1', names)}
      onClick={() => void commands.execute('wove:show-projects')}
    >
      {others.slice(0, MOST).map(person => (
        <Face
          key={person.username}
          person={person}
          follows={followers.includes(person.username)}
        />
      ))}
      <span className="wove-Faces-words">
        {trans._n('%1 person here', '%1 people here', others.length + 1)}
      </span>
    </button>
  );
}
