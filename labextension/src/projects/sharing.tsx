/** Publish a project, take it out of the gallery, make it private again. */
import { Dialog, showDialog } from '@jupyterlab/apputils';
import { ReactWidget } from '@jupyterlab/ui-components';
import React from 'react';

import { unwrap } from '../api/client';
import type { Project } from '../api/models';
import { WoveContext } from '../ui/context';
import { confirm } from '../ui/dialogs';
import { ask } from '../ui/form';
import type { Desk } from './desk';
import { changing } from './desk';
import type { Audience } from './publish-form';
import { Published, PublishFields } from './publish-form';
import { pageAddress } from './words';

/** Ask to whom, publish, and show the address. */
export async function publish(desk: Desk, project: Project): Promise<void> {
  const { wove } = desk;
  await desk.documents.save(project.folder);
  const initial = {
    visibility: project.visibility === 'unlisted' ? 'unlisted' : 'public'
  } as const;
  const published = await ask<Audience, Project>(wove, {
    title: wove.trans.__('Publish %1', project.title),
    accept: wove.trans.__('Publish'),
    initial,
    fields: draft => <PublishFields {...draft} project={project} />,
    send: (audience, key) => changing(desk, send(desk, project.id, audience, key))
  });
  if (published) {
    await showAddress(desk, published);
  }
}

function send(
  { wove }: Desk,
  id: string,
  { visibility }: Audience,
  key: string
): Promise<Project> {
  return unwrap(
    wove.api.POST('/wove/api/projects/{project_id}/publish', {
      params: { path: { project_id: id }, header: { 'Idempotency-Key': key } },
      body: { visibility }
    })
  );
}

async function showAddress(desk: Desk, project: Project): Promise<void> {
  const { trans } = desk.wove;
  const address = addressOf(desk, project);
  const { button } = await showDialog({
    title: trans.__('%1 is published', project.title),
    body: ReactWidget.create(
      <WoveContext.Provider value={desk.wove}>
        <Published address={address} listed={project.visibility === 'public'} />
      </WoveContext.Provider>
    ),
    buttons: [
      Dialog.createButton({ label: trans.__('Open page'), accept: true }),
      Dialog.cancelButton({ label: trans.__('Close') })
    ],
    defaultButton: 1
  });
  if (button.accept) {
    openPage(desk, project);
  }
}

/** Ask, then take a project out of the gallery. */
export async function unlist(desk: Desk, { id, title }: Project): Promise<void> {
  const { trans, api } = desk.wove;
  const agreed = await confirm(trans, {
    title: trans.__('Take %1 out of the gallery?', title),
    body: trans.__('Nobody finds it any more. Whoever has its address can still read it.'),
    accept: trans.__('Unlist')
  });
  if (agreed) {
    const params = { path: { project_id: id } };
    await changing(desk, api.POST('/wove/api/projects/{project_id}/unlist', { params }));
  }
}

/** Ask, then make a project private. */
export async function unpublish(desk: Desk, { id, title }: Project): Promise<void> {
  const { trans, api } = desk.wove;
  const agreed = await confirm(trans, {
    title: trans.__('Make %1 private?', title),
    body: trans.__('Its address stops working for others. Remixes that were made of it stay.'),
    accept: trans.__('Unpublish')
  });
  if (agreed) {
    const params = { path: { project_id: id } };
    await changing(desk, api.POST('/wove/api/projects/{project_id}/unpublish', { params }));
  }
}

/** Open the page that needs no JupyterLab in a new tab. */
export function openPage(desk: Desk, project: Project): void {
  window.open(addressOf(desk, project), '_blank', 'noopener');
}

function addressOf({ app }: Desk, project: Project): string {
  return pageAddress(app.serviceManager.serverSettings.baseUrl, project);
}
