/** The menu of what can be asked about a cell. */
import type { CommandRegistry } from '@lumino/commands';
import { Menu } from '@lumino/widgets';

import { TASKS } from './tasks';

/** Open it below what was pressed; at the corner of the page where nothing was. */
export function openMenu(commands: CommandRegistry, below: Element | null | undefined): void {
  const menu = new Menu({ commands });
  TASKS.forEach(task => menu.addItem({ command: `wove:${task}-cell` }));
  // It is closed before the command is run, which it is asked for as it goes.
  menu.aboutToClose.connect(() => requestAnimationFrame(() => menu.dispose()));
  const { left, bottom } = below?.getBoundingClientRect() ?? { left: 0, bottom: 0 };
  menu.open(left, bottom);
}
