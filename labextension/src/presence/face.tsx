/** A person who is here, as a small picture. */
import React from 'react';

import { Avatar, useTrans } from '../ui';
import type { Person } from './people';

interface FaceProps {
  readonly person: Person;
  readonly follows: boolean;
}

/** Initials on the colour of their cursor; with a ring around who follows oneself. */
export function Face({ person, follows }: FaceProps): JSX.Element {
  const trans = useTrans();
  const { name, colour, isAway } = person;
  const said = follows ? trans.__('%1 follows you', name) : undefined;
  return (
    <span
      className={`wove-Face ${isAway ? 'wove-mod-away' : ''} ${follows ? 'wove-mod-follows' : ''}`}
      title={said}
    >
      <Avatar name={name} hue={colour} />
      {said && <span className="wove-Hidden">{said}</span>}
    </span>
  );
}
