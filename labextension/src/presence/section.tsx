/** Draws the people in a project: who, where, and how to get there. */
import React, { useMemo } from 'react';
import { useStore } from 'zustand';

import type { Project } from '../api/models';
import { ActionButton, useTrans } from '../ui';
import { Face } from './face';
import { around, useFollowers, usePeople } from './here';
import type { Parts } from './part';
import type { Holds, Person } from './people';
import { shortPath, whereabouts } from './words';

interface SectionProps extends Parts {
  readonly project: Project;
}

export default function PeopleHere({ project, ...parts }: SectionProps): JSX.Element | null {
  const trans = useTrans();
  const { folder } = project;
  const holds = useMemo(() => around(folder, null), [folder]);
  const people = usePeople(parts.presence, holds);
  const others = people.filter(({ isMe }) => !isMe);
  if (folder === null) {
    return null;
  }
  return (
    <section className="wove-People" aria-label={trans.__('People here')}>
      <h3 className="wove-Heading">{trans.__('People here')}</h3>
      {others.length === 0 ? (
        <Nobody project={project} />
      ) : (
        <ul className="wove-Members">
          {people.map(person => (
            <Row key={person.username} {...{ person, folder, holds, parts }} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Nobody({ project }: { readonly project: Project }): JSX.Element {
  const trans = useTrans();
  return (
    <p className="wove-Muted">
      {project.role === 'owner'
        ? trans.__(
            'Nobody else is here. Add people under the members, and they find this project.'
          )
        : trans.__('Nobody else is here. Owners of the project can add people to it.')}
    </p>
  );
}

interface RowProps {
  readonly person: Person;
  readonly folder: string;
  readonly holds: Holds;
  readonly parts: Parts;
}

function Row({ person, folder, holds, parts }: RowProps): JSX.Element {
  const trans = useTrans();
  const follows = useFollowers(parts.presence).includes(person.username);
  const cell = useStore(parts.spots.store, ({ all }) => all.find(at => at.tab === person.tab));
  const { name, isMe, isAway, path } = person;
  const where = whereabouts(trans, shortPath(path, folder), cell?.number);
  return (
    <li className="wove-Here-person">
      <Face person={person} follows={follows} />
      <span className="wove-Here-who">
        <span className="wove-Member-name" title={name}>
          {isMe ? trans.__('%1 (you)', name) : name}
          {isAway && <span className="wove-Muted">{` · ${trans.__('away')}`}</span>}
          {follows && <span className="wove-Muted">{` · ${trans.__('follows you')}`}</span>}
        </span>
        <span className="wove-Muted wove-Here-where" title={where}>
          {where}
        </span>
      </span>
      {!isMe && <Ways person={person} holds={holds} following={parts.following} />}
    </li>
  );
}

interface WaysProps extends Pick<Parts, 'following'>, Pick<RowProps, 'person' | 'holds'> {}

function Ways({ person, holds, following }: WaysProps): JSX.Element {
  const trans = useTrans();
  const followed = useStore(following.store, ({ leader }) => leader?.username);
  const isFollowed = followed === person.username;
  return (
    <span className="wove-Actions" role="group" aria-label={person.name}>
      <ActionButton label={trans.__('Go to')} onClick={() => void following.goTo(person)} />
      <ActionButton
        label={isFollowed ? trans.__('Stop') : trans.__('Follow')}
        onClick={() => (isFollowed ? following.stop() : following.follow(person, holds))}
      />
    </span>
  );
}
