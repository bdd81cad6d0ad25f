/** Shows the plan, and deploys once somebody has agreed to it. */
import React from 'react';

import type { Api } from '../api/client';
import { unwrap } from '../api/client';
import type { DeployedApp, Project, ProposedPlan } from '../api/models';
import type { Desk } from '../projects/desk';
import { files } from '../projects/queries';
import { ask } from '../ui/form';
import { PlanFields } from './plan-form';
import { appsOf, proposal, refreshApps } from './queries';
import type { Replan } from './replanning';
import type { Wish } from './wish';
import { kept, wishFor } from './wish';

/** What somebody deploys: an app of theirs, or a file; nothing chosen is the newest app. */
export interface Meant {
  readonly appId?: string;
  readonly entry?: string;
}

/** Ask how, deploy, and show the page where one can watch it. */
export async function deploy(desk: Desk, project: Project, meant: Meant): Promise<void> {
  const { wove } = desk;
  const { trans } = wove;
  await desk.documents.save(project.folder);
  const [apps, names, first] = await look(desk, project, meant);
  const chosen = apps.find(({ id }) => id === meant.appId) ?? apps[apps.length - 1] ?? null;
  const replan: Replan = {
    first,
    ask: (kind, entry) => proposal(wove.api, project.id, kind, entry)
  };
  const app = await ask<Wish, DeployedApp>(wove, {
    title: trans.__('Deploy %1', project.title),
    accept: trans.__('Deploy'),
    initial: wishFor(project, chosen, first.plan),
    fields: draft => <PlanFields {...draft} {...{ project, apps, replan, files: names }} />,
    send: sending(desk, project)
  });
  if (app) {
    await refreshApps(wove.queries);
    await wove.commands.execute('wove:show-app', { appId: app.id });
  }
}

type Looked = readonly [DeployedApp[], string[], ProposedPlan];

/** What there is: apps that one may deploy anew, files to begin with, and how it would be done. */
async function look({ wove }: Desk, project: Project, { entry }: Meant): Promise<Looked> {
  const { signal } = new AbortController();
  const [apps, names, first] = await Promise.all([
    appsOf(wove.api, project.id).queryFn({ signal }),
    files(wove.api, project.id).queryFn({ signal }),
    proposal(wove.api, project.id, undefined, entry)
  ]);
  const own = apps.filter(each => each.parent_id === null && each.may_deploy);
  return [own, names.map(({ path }) => path), first];
}

/** Make or change the app, and deploy it; sent again, it goes on where it was refused. */
function sending(
  { wove: { api } }: Desk,
  project: Project
): (wish: Wish, key: string) => Promise<DeployedApp> {
  let made: DeployedApp | null = null;
  return async (wish, key) => {
    const id = wish.appId || made?.id;
    const app = id ? await change(api, id, wish) : await create(api, project.id, wish, key);
    made = wish.appId ? made : app;
    await tell(api, app.id, wish);
    const params = { path: { app_id: app.id }, header: { 'Idempotency-Key': `${key}-deploy` } };
    await unwrap(api.POST('/wove/api/apps/{app_id}/deployments', { params, body: {} }));
    return app;
  };
}

/** Give the app the variables that the place where it is served needs. */
async function tell(api: Api, id: string, { told }: Wish): Promise<void> {
  for (const [name, value] of Object.entries(told).filter(([, text]) => text.trim() !== '')) {
    const params = { path: { app_id: id, name } };
    await unwrap(api.PUT('/wove/api/apps/{app_id}/variables/{name}', { params, body: { value } }));
  }
}

function create(api: Api, projectId: string, wish: Wish, key: string): Promise<DeployedApp> {
  const { title, slug, access, target } = wish;
  const params = { path: { project_id: projectId }, header: { 'Idempotency-Key': key } };
  const body = { title: title.trim(), slug, access, target, plan: kept(wish) };
  return unwrap(api.POST('/wove/api/projects/{project_id}/apps', { params, body }));
}

function change(api: Api, id: string, wish: Wish): Promise<DeployedApp> {
  const { title, slug, access, target } = wish;
  const body = { title: title.trim(), slug, access, target, plan: kept(wish) };
  const params = { path: { app_id: id } };
  return unwrap(api.PATCH('/wove/api/apps/{app_id}', { params, body }));
}
