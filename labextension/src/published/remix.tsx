/** Makes a project of one's own from another, if the user agrees. */
import React from 'react';

import { unwrap } from '../api/client';
import type { Job, ProjectRef } from '../api/models';
import type { IWove } from '../tokens';
import { showWork, useTrans } from '../ui';
import type { Draft } from '../ui/form';
import { ask, Field } from '../ui/form';
import { fetchCard } from './model';

/** Ask for a title, remix, and go to what was made. Throws a ProblemError where it is not shared. */
export async function remix(wove: IWove, projectId: string): Promise<void> {
  const { trans } = wove;
  const { project } = await fetchCard(wove, projectId);
  const title = await askTitle(wove, project);
  const outcome =
    title !== null &&
    (await showWork(wove, {
      title: trans.__('Remixing “%1”', project.title),
      beginning: trans.__('Asking for a copy…'),
      refusal: trans.__('“%1” was not remixed.', project.title),
      begin: signal => begin(wove, projectId, title, signal)
    }));
  if (outcome) {
    void wove.queries.invalidateQueries();
    await wove.commands.execute('wove:arrive', {
      title,
      folder: outcome.made.folder,
      leftOut: outcome.made.left_out.length,
      stayed: outcome.stayed
    });
  }
}

async function begin(
  { api }: IWove,
  id: string,
  title: string,
  signal: AbortSignal
): Promise<Job> {
  const params = { path: { project_id: id } };
  const asked = api.POST('/wove/api/projects/{project_id}/remix', {
    params,
    body: { title },
    signal
  });
  return (await unwrap(asked)) as Job;
}

interface Titled {
  readonly title: string;
}

function askTitle(wove: IWove, { title, owner }: ProjectRef): Promise<string | null> {
  const { trans } = wove;
  return ask<Titled, string>(wove, {
    title: trans.__('Remix “%1” by %2', title, owner.name),
    accept: trans.__('Remix'),
    initial: { title },
    fields: draft => <TitleField {...draft} />,
    send: value => Promise.resolve(value.title.trim())
  });
}

/** Ask for a title; the browser refuses an empty one. */
function TitleField({ value, change }: Draft<Titled>): JSX.Element {
  const trans = useTrans();
  const hint = trans.__(
    'You get a copy of your own to change as you like. It says which project it comes from.'
  );
  return (
    <Field label={trans.__('Title of your remix')} hint={hint}>
      {ids => (
        <input
          {...ids}
          className="jp-mod-styled"
          required
          pattern=".*\S.*"
          maxLength={120}
          value={value.title}
          onChange={event => change({ title: event.target.value })}
        />
      )}
    </Field>
  );
}
