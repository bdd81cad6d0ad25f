/** Draws who works on a project; its owners take people on and let them go. */
import { Notification } from '@jupyterlab/apputils';
import { closeIcon } from '@jupyterlab/ui-components';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import React, { useId, useState } from 'react';

import { unwrap } from '../api/client';
import type { Member, Project, Role } from '../api/models';
import {
  ActionButton,
  Avatar,
  Busy,
  ErrorState,
  ToolButton,
  notifyProblem,
  useOptimistic,
  useTrans,
  useWove
} from '../ui';
import type { IWove } from '../tokens';
import { Leave, useIsMe } from './leaving';
import { members } from './queries';
import { may, roleWord } from './words';

const ROLES: readonly Role[] = ['viewer', 'commenter', 'editor', 'owner'];

export function Members({ project }: { readonly project: Project }): JSX.Element {
  const trans = useTrans();
  const { data, error, refetch } = useQuery(members(useWove().api, project.id));
  return (
    <details className="wove-Details">
      <summary>
        {data ? trans._n('%1 member', '%1 members', data.length) : trans.__('Members')}
      </summary>
      {error && <ErrorState problem={error} onRetry={() => void refetch()} />}
      {data ? <List project={project} people={data} /> : !error && <Busy />}
      {may(project, 'owner') && <Add project={project} />}
    </details>
  );
}

interface ListProps {
  readonly project: Project;
  readonly people: readonly Member[];
}

interface Change {
  readonly member: Member;
  /** Null lets somebody go. */
  readonly role: Role | null;
}

function List({ project, people }: ListProps): JSX.Element {
  const wove = useWove();
  const trans = useTrans();
  const isMe = useIsMe();
  const change = useOptimistic<Member[], Change>({
    queryKey: members(wove.api, project.id).queryKey,
    send: ({ member, role }) => send(wove, project.id, member.person.handle, role),
    apply: applied,
    refusal: trans.__('The members stay as they were.')
  });
  const remove = (member: Member): void =>
    change.mutate({ member, role: null }, { onSuccess: () => offerUndo(wove, project, member) });
  return (
    <ul className="wove-Members">
      {people.map(member => (
        <Person
          key={member.person.handle}
          project={project}
          member={member}
          isMe={isMe(member)}
          onRole={role => change.mutate({ member, role })}
          onRemove={() => remove(member)}
        />
      ))}
    </ul>
  );
}

function applied(before: Member[], { member, role }: Change): Member[] {
  const same = ({ person }: Member): boolean => person.handle === member.person.handle;
  return role === null
    ? before.filter(each => !same(each))
    : before.map(each => (same(each) ? { ...each, role } : each));
}

async function send({ api }: IWove, id: string, handle: string, role: Role | null): Promise<void> {
  const params = { path: { project_id: id, handle } };
  const address = '/wove/api/projects/{project_id}/members/{handle}';
  if (role === null) {
    await api.DELETE(address, { params });
  } else {
    await unwrap(api.PUT(address, { params, body: { role } }));
  }
}

function offerUndo(wove: IWove, { id }: Project, { person, role }: Member): void {
  const { trans, queries, api } = wove;
  const undo = (): void =>
    void send(wove, id, person.handle, role)
      .then(() => queries.invalidateQueries({ queryKey: members(api, id).queryKey }))
      .catch(error =>
        notifyProblem(trans, trans.__('%1 was not taken on again.', person.name), error)
      );
  Notification.info(trans.__('%1 does not work on this project any more.', person.name), {
    autoClose: 15_000,
    actions: [{ label: trans.__('Undo'), callback: undo }]
  });
}

interface PersonProps {
  readonly project: Project;
  readonly member: Member;
  readonly isMe: boolean;
  readonly onRole: (role: Role) => void;
  readonly onRemove: () => void;
}

function Person({ project, member, isMe, onRole, onRemove }: PersonProps): JSX.Element {
  const trans = useTrans();
  const { person, role } = member;
  const stays = person.handle === project.owner.handle;
  const fixed = !may(project, 'owner') || isMe || stays;
  return (
    <li className="wove-Member">
      <Avatar name={person.name} />
      <span className="wove-Member-name" title={person.handle}>
        {person.name}
      </span>
      {fixed ? (
        <span className="wove-Muted">{roleWord(trans, role)}</span>
      ) : (
        <>
          <RoleSelect label={trans.__('Role of %1', person.name)} role={role} onRole={onRole} />
          <ToolButton
            icon={closeIcon}
            label={trans.__('Remove %1', person.name)}
            onClick={onRemove}
          />
        </>
      )}
      {isMe && !stays && <Leave project={project} member={member} />}
    </li>
  );
}

interface RoleSelectProps {
  readonly label: string;
  readonly role: Role;
  readonly onRole: (role: Role) => void;
}

function RoleSelect({ label, role, onRole }: RoleSelectProps): JSX.Element {
  const trans = useTrans();
  return (
    <select
      className="wove-Select"
      aria-label={label}
      value={role}
      onChange={event => onRole(event.target.value as Role)}
    >
      {ROLES.map(each => (
        <option key={each} value={each}>
          {roleWord(trans, each)}
        </option>
      ))}
    </select>
  );
}

function Add({ project }: { readonly project: Project }): JSX.Element {
  const wove = useWove();
  const trans = useTrans();
  const queries = useQueryClient();
  const id = useId();
  const [handle, setHandle] = useState('');
  const [role, setRole] = useState<Role>('editor');
  const add = async (): Promise<void> => {
    try {
      await send(wove, project.id, handle.trim().replace(/^@/, ''), role);
      setHandle('');
    } catch (error) {
      notifyProblem(trans, trans.__('Nobody was added.'), error);
    }
    await queries.invalidateQueries({ queryKey: members(wove.api, project.id).queryKey });
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    void add();
  };
  return (
    <form className="wove-AddMember" onSubmit={onSubmit}>
      <label htmlFor={id}>{trans.__('Add somebody by their handle')}</label>
      <input
        id={id}
        className="jp-mod-styled"
        autoComplete="off"
        value={handle}
        onChange={event => setHandle(event.target.value)}
      />
      <RoleSelect label={trans.__('Role to give')} role={role} onRole={setRole} />
      <ActionButton
        label={trans.__('Add')}
        disabled={handle.trim() === ''}
        onClick={() => void add()}
      />
    </form>
  );
}
