/** What trust is about: projects, and the kernels that run in a sandbox because of it. */
import { URLExt } from '@jupyterlab/coreutils';
import type { INotebookTracker } from '@jupyterlab/notebook';
import { ServerConnection } from '@jupyterlab/services';

import type { Api } from '../api/client';
import { unwrap } from '../api/client';
import type { Project, ProjectTrust } from '../api/models';
import type { Desk } from '../projects/desk';
import type { Bands } from './bands';

export interface Place {
  readonly desk: Desk;
  readonly notebooks: INotebookTracker;
  readonly bands: Bands;
}

/** Whether the user trusts a project. */
export function trustIn(api: Api, { id }: Pick<Project, 'id'>): Promise<ProjectTrust> {
  const params = { path: { project_id: id } };
  return unwrap(api.GET('/wove/api/projects/{project_id}/trust', { params }));
}

/** Trust a project: for good, or for the kernel that starts next. */
export function trusting(
  api: Api,
  { id }: Pick<Project, 'id'>,
  once: boolean
): Promise<ProjectTrust> {
  const params = { path: { project_id: id } };
  return unwrap(api.PUT('/wove/api/projects/{project_id}/trust', { params, body: { once } }));
}

/** Trust a project no longer. */
export function distrusting(api: Api, { id }: Pick<Project, 'id'>): Promise<ProjectTrust> {
  const params = { path: { project_id: id } };
  return unwrap(api.DELETE('/wove/api/projects/{project_id}/trust', { params }));
}

/** Ask the server whether a kernel runs in a sandbox; no browser decides that. */
export async function isSandboxed(
  settings: ServerConnection.ISettings,
  kernel: string
): Promise<boolean> {
  const url = URLExt.join(settings.baseUrl, 'api', 'kernels', encodeURIComponent(kernel));
  const answer = await ServerConnection.makeRequest(url, {}, settings);
  return answer.ok && ((await answer.json()) as { sandboxed?: boolean }).sandboxed === true;
}
