/** Save what is on the screen as a version. */
import { Notification } from '@jupyterlab/apputils';
import React from 'react';

import { unwrap } from '../api/client';
import type { Project, Version } from '../api/models';
import type { Draft } from '../ui/form';
import { Field, ask } from '../ui/form';
import { useTrans } from '../ui/context';
import type { Desk } from './desk';
import { changing } from './desk';
import { versionName } from './words';

interface Words {
  readonly message: string;
  readonly name: string;
}

/** Ask what changed, and save a version. */
export async function saveVersion(desk: Desk, project: Project): Promise<void> {
  const { trans } = desk.wove;
  const version = await ask<Words, Version>(desk.wove, {
    title: trans.__('Save a version of %1', project.title),
    accept: trans.__('Save'),
    initial: { message: '', name: '' },
    fields: draft => <VersionFields {...draft} />,
    send: (words, key) => changing(desk, send(desk, project, words, key))
  });
  if (version) {
    Notification.success(trans.__('Saved %1.', versionName(trans, version)), { autoClose: 5000 });
  }
}

async function send(
  desk: Desk,
  project: Project,
  { message, name }: Words,
  key: string
): Promise<Version> {
  await desk.documents.save(project.folder);
  return unwrap(
    desk.wove.api.POST('/wove/api/projects/{project_id}/versions', {
      params: { path: { project_id: project.id }, header: { 'Idempotency-Key': key } },
      body: { message: message.trim(), name: name.trim() || null }
    })
  );
}

function VersionFields({ value, change }: Draft<Words>): JSX.Element {
  const trans = useTrans();
  return (
    <>
      <Field label={trans.__('What changed?')} hint={trans.__('Ctrl+Enter or ⌘+Enter saves.')}>
        {ids => (
          <textarea
            {...ids}
            className="jp-mod-styled"
            required
            rows={3}
            maxLength={500}
            value={value.message}
            onChange={event => change({ message: event.target.value })}
          />
        )}
      </Field>
      <Field
        label={trans.__('Name (optional)')}
        hint={trans.__(
          'For a version that deserves one, such as “submitted”. Others are numbered.'
        )}
      >
        {ids => (
          <input
            {...ids}
            className="jp-mod-styled"
            maxLength={60}
            value={value.name}
            onChange={event => change({ name: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}
