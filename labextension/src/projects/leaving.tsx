/** Lets people leave a project that somebody else owns. */
import React from 'react';

import { useMe } from '../account/model';
import type { Member, Project } from '../api/models';
import type { IWove } from '../tokens';
import { ActionButton, confirm, useTrans, useWove } from '../ui';
import { attempt } from './desk';
import { refreshAll, refreshPlace } from './queries';

/** Tell whether a member is the user. */
export function useIsMe(): (member: Member) => boolean {
  const { data } = useMe();
  return ({ person }) => person.handle === data?.handle;
}

interface LeaveProps {
  readonly project: Project;
  readonly member: Member;
}

/** A button for the row of the user. */
export function Leave({ project, member }: LeaveProps): JSX.Element {
  const wove = useWove();
  const trans = useTrans();
  const refusal = trans.__('You still work on the project.');
  return (
    <ActionButton
      label={trans.__('Leave…')}
      onClick={() => void attempt({ wove }, refusal, () => leave(wove, project, member))}
    />
  );
}

async function leave(wove: IWove, { id, title }: Project, { person }: Member): Promise<void> {
  const { api, queries, trans } = wove;
  const agreed = await confirm(trans, {
    title: trans.__('Leave %1?', title),
    body: trans.__('You cannot change it any more. Only its owners can take you on again.'),
    accept: trans.__('Leave'),
    danger: true
  });
  if (agreed) {
    const params = { path: { project_id: id, handle: person.handle } };
    await api.DELETE('/wove/api/projects/{project_id}/members/{handle}', { params });
    await refreshPlace(queries);
    await refreshAll(queries);
  }
}
