/** Make projects: from a template, from a folder or notebook that is there. */
import { Notification } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import type { Contents } from '@jupyterlab/services';
import React from 'react';

import { unwrap } from '../api/client';
import type { Job, Made, Project } from '../api/models';
import { ask } from '../ui/form';
import { showWork } from '../ui/work-dialog';
import type { Desk } from './desk';
import { changing } from './desk';
import type { Start } from './new-form';
import { FolderFields, StartFields } from './new-form';

/** Start a project from a template. */
export async function start(desk: Desk): Promise<void> {
  const { trans, api } = desk.wove;
  const project = await ask<Start, Project>(desk.wove, {
    title: trans.__('New project'),
    accept: trans.__('Create'),
    initial: { title: '', template: 'empty', description: '' },
    fields: draft => <StartFields {...draft} />,
    send: (start, key) => {
      const body = { ...start, title: start.title.trim() };
      const params = { header: { 'Idempotency-Key': key } };
      return changing(desk, unwrap(api.POST('/wove/api/projects', { params, body })));
    }
  });
  if (project) {
    await enter(desk, project.folder);
    await desk.wove.commands.execute('wove:open-project', { id: project.id });
  }
}

/** The folder or notebook that is meant, relative to Jupyter's root. */
export function source({ browser, place, app }: Desk, path: unknown, from: unknown): string {
  if (typeof path === 'string') {
    return path;
  }
  const selected: Contents.IModel | undefined =
    from === 'selection' ? [...(browser?.selectedItems() ?? [])][0] : undefined;
  return selected ? app.serviceManager.contents.localPath(selected.path) : place.candidate;
}

/** Make a project of a folder where it lies, or of a copy of a notebook. */
export async function adopt(desk: Desk, path: string): Promise<void> {
  const { trans } = desk.wove;
  if (path === '') {
    Notification.info(
      trans.__('The root of Jupyter cannot be a project. Go into a folder first.')
    );
    return;
  }
  const name = PathExt.basename(path);
  const job = await ask<{ title: string }, Job>(desk.wove, {
    title: trans.__('Make a project of %1', name),
    accept: trans.__('Make project'),
    initial: { title: PathExt.basename(path, PathExt.extname(path)) },
    fields: draft => <FolderFields {...draft} path={path} />,
    send: ({ title }, key) => begin(desk, path, title.trim(), key)
  });
  if (job) {
    await follow(desk, name, job);
  }
}

async function begin({ wove }: Desk, path: string, title: string, key: string): Promise<Job> {
  const params = { header: { 'Idempotency-Key': key } };
  const asked = wove.api.POST('/wove/api/imports/folder', { params, body: { path, title } });
  return (await unwrap(asked)) as Job;
}

async function follow(desk: Desk, name: string, job: Job): Promise<void> {
  const { trans } = desk.wove;
  const outcome = await showWork(desk.wove, {
    title: trans.__('Making a project of %1', name),
    beginning: trans.__('Beginning…'),
    refusal: trans.__('The project was not made.'),
    begin: () => Promise.resolve(job)
  });
  if (outcome) {
    await changing(desk, welcome(desk, outcome.made));
  }
}

async function welcome(desk: Desk, { project_id, folder, left_out }: Made): Promise<void> {
  const { trans, commands } = desk.wove;
  if (left_out.length) {
    const names = left_out.map(({ path, reason }) => `${path}: ${reason}`).join('\n');
    Notification.warning(
      trans._n('%1 file did not come along.', '%1 files did not come along.', left_out.length) +
        `\n${names}`,
      { autoClose: false }
    );
  }
  await enter(desk, folder);
  await commands.execute('wove:open-project', { id: project_id });
}

/** Show a project's folder in the file browser, and the project in the panel. */
export async function enter({ browser, place }: Desk, folder: string | null): Promise<void> {
  if (folder !== null) {
    await browser?.model.cd(`/${folder}`);
    place.look(folder, true);
  }
}
