/** Where apps are visited. */
import { URLExt } from '@jupyterlab/coreutils';

import type { DeployedApp } from '../api/models';

type Visited = Pick<DeployedApp, 'access' | 'url' | 'enter' | 'state'>;

/** What the server takes as the name in an address. */
export const SLUG = '[a-z0-9]+(-[a-z0-9]+)*';

/** Where to go to visit an app: by the page that lets one in, where not everybody may. */
export function wayTo(app: Visited, baseUrl: string): string {
  const isOpen = app.access === 'public' || app.access === 'unlisted';
  return isOpen && app.url ? app.url : URLExt.join(baseUrl, app.enter);
}

/** Whether a visit leads anywhere. */
export function canVisit({ url, state }: Visited): boolean {
  return url !== '' && state !== 'new' && state !== 'stopped';
}

/** Visit an app in a new tab. */
export function visit(app: Visited, baseUrl: string): void {
  window.open(wayTo(app, baseUrl), '_blank', 'noopener');
}

/** Propose the name in the address of an app of this title. */
export function slugOf(title: string): string {
  const plain = title.normalize('NFKD').replace(/[\u0300-\u036f]/g, '');
  const slug = plain.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const cut = slug.replace(/^-/, '').slice(0, 36).replace(/-$/, '');
  return cut.length < 3 ? `app-${cut}`.replace(/-$/, '') : cut;
}
