/** What is asked about apps, and where the cache keeps the answers. */
import type { QueryClient } from '@tanstack/react-query';

import type { Api } from '../api/client';
import { unwrap } from '../api/client';
import type {
  AppDomain,
  AppName,
  AppVariable,
  DeployedApp,
  DeployedRelease,
  Deployment,
  DeployPlan,
  DeployTarget,
  Job,
  OutputLine,
  Page,
  ProjectCheck,
  ProposedPlan,
  Visits
} from '../api/models';
import type { Ask } from '../projects/queries';

const APPS = 'apps';
const AT_A_TIME = 20;

/** Milliseconds after which an app is looked at again: while something happens, and else. */
const SOON = 2000;
const LATER = 20_000;

/** The apps of a project, previews among them, or those in the bin. */
export function appsOf(api: Api, projectId: string, deleted = false): Ask<DeployedApp[]> {
  const params = { path: { project_id: projectId }, query: { deleted } };
  return {
    queryKey: [APPS, 'of', projectId, deleted],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/wove/api/projects/{project_id}/apps', { params, signal }))
  };
}

/** The apps that everybody may visit. */
export function publicApps(api: Api): Ask<Page<DeployedApp>> {
  const params = { query: { limit: 100 } };
  return {
    queryKey: [APPS, 'public'],
    queryFn: ({ signal }) => unwrap(api.GET('/wove/api/apps/public', { params, signal }))
  };
}

export function app(api: Api, id: string): Ask<DeployedApp> {
  return {
    queryKey: [APPS, 'one', id],
    queryFn: ({ signal }) => unwrap(api.GET('/wove/api/apps/{app_id}', { ...of(id), signal }))
  };
}

/** The newest deployments of an app. */
export function deployments(api: Api, id: string): Ask<Page<Deployment>> {
  const params = { path: { app_id: id }, query: { limit: AT_A_TIME } };
  return {
    queryKey: [APPS, 'deployments', id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/wove/api/apps/{app_id}/deployments', { params, signal }))
  };
}

export function releases(api: Api, id: string): Ask<DeployedRelease[]> {
  return {
    queryKey: [APPS, 'releases', id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/wove/api/apps/{app_id}/releases', { ...of(id), signal }))
  };
}

export function visits(api: Api, id: string): Ask<Visits> {
  return {
    queryKey: [APPS, 'visits', id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/wove/api/apps/{app_id}/visits', { ...of(id), signal }))
  };
}

/** Ask how the project would be deployed as it is now; as some kind, begun with some file. */
export function proposal(
  api: Api,
  projectId: string,
  kind?: DeployPlan['kind'],
  entry = ''
): Promise<ProposedPlan> {
  const query = { ...(kind && { kind }), ...(entry && { entry }) };
  const params = { path: { project_id: projectId }, query };
  return unwrap(api.GET('/wove/api/projects/{project_id}/apps/plan', { params }));
}

/** Whether a name in the addresses of apps is free. */
export function appName(api: Api, slug: string): Ask<AppName> {
  const params = { path: { slug } };
  return {
    queryKey: [APPS, 'name', slug],
    queryFn: ({ signal }) => unwrap(api.GET('/wove/api/apps/names/{slug}', { params, signal }))
  };
}

/** Branches and versions that are shown beside an app. */
export function previews(api: Api, id: string): Ask<DeployedApp[]> {
  return {
    queryKey: [APPS, 'previews', id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/wove/api/apps/{app_id}/previews', { ...of(id), signal }))
  };
}

/** Host names of an app's own. */
export function domains(api: Api, id: string): Ask<AppDomain[]> {
  return {
    queryKey: [APPS, 'domains', id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/wove/api/apps/{app_id}/domains', { ...of(id), signal }))
  };
}

/** The checks whether a project runs, the newest first. */
export function checks(api: Api, projectId: string): Ask<ProjectCheck[]> {
  const params = { path: { project_id: projectId } };
  return {
    queryKey: [APPS, 'checks', projectId],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/wove/api/projects/{project_id}/checks', { params, signal }))
  };
}

/** Long work on the server. */
export function jobOf(api: Api, id: string): Ask<Job> {
  const params = { path: { job_id: id } };
  return {
    queryKey: ['job', id],
    queryFn: async ({ signal }) =>
      (await unwrap(api.GET('/wove/api/jobs/{job_id}', { params, signal }))) as Job
  };
}

/** Where an app, or a new one, can be served, and what is still to be told for that. */
export function targets(api: Api, id: string): Ask<DeployTarget[]> {
  const params = { query: { ...(id && { app_id: id }) } };
  return {
    queryKey: [APPS, 'targets', id],
    queryFn: ({ signal }) => unwrap(api.GET('/wove/api/apps/targets', { params, signal }))
  };
}

/** The names of the variables of an app. */
export function variables(api: Api, id: string): Ask<AppVariable[]> {
  return {
    queryKey: [APPS, 'variables', id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/wove/api/apps/{app_id}/variables', { ...of(id), signal }))
  };
}

/** What an app has written since it started. */
export function output(api: Api, id: string): Ask<OutputLine[]> {
  return {
    queryKey: [APPS, 'output', id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/wove/api/apps/{app_id}/output', { ...of(id), signal }))
  };
}

/** How long to wait before apps are looked at again. */
export function pause(apps: readonly DeployedApp[] | undefined): number {
  return apps?.some(isMoving) ? SOON : LATER;
}

/** Whether something happens to an app right now. */
export function isMoving({ state, deployment }: DeployedApp): boolean {
  return state === 'waking' || (deployment !== null && deployment.ended === null);
}

/** Ask again for what is on the screen of apps. */
export function refreshApps(queries: QueryClient): Promise<void> {
  return queries.invalidateQueries({ queryKey: [APPS] });
}

function of(id: string): { params: { path: { app_id: string } } } {
  return { params: { path: { app_id: id } } };
}
