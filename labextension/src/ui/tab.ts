/** Tabs of the main area of which there is one for each thing. */
import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { LabIcon } from '@jupyterlab/ui-components';
import type { Widget } from '@lumino/widgets';

/** What a tab is called; those of the same id are the same. */
export interface Tab {
  readonly id: string;
  readonly label: string;
  readonly icon: LabIcon;
}

/** Show the one tab of this id, which is made where it is not there yet. */
export function showTab(
  shell: JupyterFrontEnd.IShell,
  { id, label, icon }: Tab,
  make: () => Widget
): void {
  if (![...shell.widgets('main')].some(widget => widget.id === id)) {
    const widget = make();
    widget.id = id;
    widget.title.label = label;
    widget.title.icon = icon;
    widget.title.closable = true;
    shell.add(widget, 'main', { type: 'Wove' });
  }
  shell.activateById(id);
}
