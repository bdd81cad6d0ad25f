/** Makes a project of one's own from another, if the user agrees. */
import React from 'react';

import { unwrap } from '../api/client';
import type { Job, ProjectRef } from '../api/models';
import type { IWove } from '../tokens';
import { showWork, useTrans } from '../ui';
import type { Draft } from '../ui/form';
import { ask } from '../ui/form';
import { NameField } from '../ui/name-field';
import { fetchCard } from './model';

/** Ask for a title, remix, and go to what was made. Throws a ProblemError where it is not shared. */
export async function remix(wove: IWove, projectId: string): Promise<void> {
  const { trans } = wove;
  const { project } = await fetchCard(wove, projectId);
  const begun = await begin(wove, project);
  const outcome =
    begun &&
    (await showWork(wove, {
      title: trans.__('Remixing “%1”', project.title),
      beginning: trans.__('Asking for a copy…'),
      refusal: trans.__('“%1” was not remixed.', project.title),
      begin: () => Promise.resolve(begun.job)
    }));
  if (outcome) {
    void wove.queries.invalidateQueries();
    await wove.commands.execute('wove:arrive', {
      title: begun.title,
      folder: outcome.made.folder,
      leftOut: outcome.made.left_out.length,
      stayed: outcome.stayed
    });
  }
}

interface Titled {
  readonly title: string;
}

type Begun = Titled & { readonly job: Job };

function begin(wove: IWove, { id, title, owner }: ProjectRef): Promise<Begun | null> {
  const { trans } = wove;
  return ask<Titled, Begun>(wove, {
    title: trans.__('Remix “%1” by %2', title, owner.name),
    accept: trans.__('Remix'),
    initial: { title },
    fields: draft => <TitleField {...draft} />,
    send: (value, key) => send(wove, id, value.title.trim(), key)
  });
}

async function send({ api }: IWove, id: string, title: string, key: string): Promise<Begun> {
  const params = { path: { project_id: id }, header: { 'Idempotency-Key': key } };
  const asked = api.POST('/wove/api/projects/{project_id}/remix', { params, body: { title } });
  return { title, job: (await unwrap(asked)) as Job };
}

/** Ask for a title; the browser refuses an empty one. */
function TitleField({ value, change }: Draft<Titled>): JSX.Element {
  const trans = useTrans();
  const hint = trans.__(
    'You get a copy of your own to change as you like. It says which project it comes from.'
  );
  return (
    <NameField
      label={trans.__('Title of your remix')}
      hint={hint}
      value={value.title}
      onChange={title => change({ title })}
    />
  );
}
