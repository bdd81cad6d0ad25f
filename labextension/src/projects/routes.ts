/** Addresses that lead to Wove: `lab?wove` to the panel, `lab?wove-project=<id>` to a page. */
import type { IRouter } from '@jupyterlab/application';

import { text } from '../ui/arguments';
import type { Desk } from './desk';
import { described } from './desk';

const ROUTE = 'wove:route';

/** Obey the address that JupyterLab was opened with. */
export function addRoutes({ app }: Pick<Desk, 'app'>, router: IRouter): void {
  app.commands.addCommand(ROUTE, {
    describedBy: { args: described({ search: 'The query of the address' }) },
    execute: async ({ search }) => {
      // A layout that is brought back would cover what the address asks for.
      await app.restored;
      const asked = new URLSearchParams(text(search));
      await app.commands.execute('wove:show-projects');
      const id = asked.get('wove-project');
      if (id) {
        await app.commands.execute('wove:open-project', { id });
      }
    }
  });
  router.register({ command: ROUTE, pattern: /[?&]wove(-project)?(=|&|#|$)/ });
}
