/** Changes what an app is called, where it is, who may visit it, and when it sleeps. */
import React from 'react';

import { unwrap } from '../api/client';
import type { DeployedApp, Project } from '../api/models';
import type { Desk } from '../projects/desk';
import { useTrans } from '../ui';
import type { Draft } from '../ui/form';
import { Field, ask } from '../ui/form';
import { NameField } from '../ui/name-field';
import { AccessField } from './access-field';
import { refreshApps } from './queries';
import { SlugField } from './slug-field';

type Settings = Pick<DeployedApp, 'title' | 'slug' | 'access' | 'idle'>;

/** Ask what to change, and change it. */
export async function change(desk: Desk, app: DeployedApp): Promise<void> {
  const { trans, api, queries } = desk.wove;
  const project = app.project && (await desk.place.find(app.project.id));
  if (project) {
    const { id, title, slug, access, idle } = app;
    await ask<Settings, DeployedApp>(desk.wove, {
      title: trans.__('Change %1', title),
      accept: trans.__('Save'),
      initial: { title, slug, access, idle },
      fields: draft => <SettingsFields {...draft} app={app} project={project} />,
      send: body =>
        unwrap(api.PATCH('/wove/api/apps/{app_id}', { params: { path: { app_id: id } }, body }))
    });
    await refreshApps(queries);
  }
}

interface SettingsProps extends Draft<Settings> {
  readonly app: DeployedApp;
  readonly project: Project;
}

function SettingsFields({ value, change, app, project }: SettingsProps): JSX.Element {
  const trans = useTrans();
  return (
    <>
      <NameField
        label={trans.__('Title')}
        value={value.title}
        onChange={title => change({ title })}
      />
      <SlugField value={value.slug} own={app.slug} onChange={slug => change({ slug })} />
      <AccessField
        project={project}
        value={value.access}
        before={app.access}
        onChange={access => change({ access })}
      />
      <Field
        label={trans.__('Sleeps after')}
        hint={trans.__('Without a visit; the next visitor wakes it, which takes some seconds.')}
      >
        {ids => (
          <select
            {...ids}
            className="wove-Select"
            value={value.idle}
            onChange={event => change({ idle: Number(event.target.value) })}
          >
            {naps(trans, app.idle).map(([seconds, words]) => (
              <option key={seconds} value={seconds}>
                {words}
              </option>
            ))}
          </select>
        )}
      </Field>
    </>
  );
}

/** After how many seconds it may sleep, in words; with what it is so far. */
function naps(trans: ReturnType<typeof useTrans>, now: number): [number, string][] {
  const usual: [number, string][] = [
    [600, trans.__('10 minutes')],
    [3600, trans.__('1 hour')],
    [86_400, trans.__('1 day')],
    [0, trans.__('Never')]
  ];
  const known = usual.some(([seconds]) => seconds === now);
  return known ? usual : [[now, trans.__('%1 seconds', now)], ...usual];
}
