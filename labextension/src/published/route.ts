/** The address `lab?wove-remix=<project id>`, which asks whether to remix a project. */
import type { IRouter, JupyterFrontEnd } from '@jupyterlab/application';

import { text } from '../ui/arguments';

const ROUTE = 'wove:route-remix';
const PARAMETER = 'wove-remix';

/** Ask, as the address says, and take the question out of the address. */
export function addRoute({ commands, restored }: JupyterFrontEnd, router: IRouter): void {
  commands.addCommand(ROUTE, {
    describedBy: {
      args: { type: 'object', properties: { search: { description: 'The query' } } }
    },
    execute: async ({ search }) => {
      await restored;
      const projectId = askedFor(text(search));
      router.navigate(without(window.location), { skipRouting: true });
      if (projectId) {
        await commands.execute('wove:remix', { projectId });
      }
    }
  });
  router.register({ command: ROUTE, pattern: new RegExp(`[?&]${PARAMETER}=`) });
}

/** The project that a query asks to remix; null where that is no id. */
export function askedFor(search: string): string | null {
  const id = new URLSearchParams(search).get(PARAMETER) ?? '';
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id) ? id : null;
}

/** An address without the question in it, so that a reload does not ask again. */
export function without({ pathname, search, hash }: Location): string {
  const rest = new URLSearchParams(search);
  rest.delete(PARAMETER);
  const query = rest.toString();
  return pathname + (query && `?${query}`) + hash;
}
