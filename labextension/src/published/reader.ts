/** Shows a page of Wove beside the notebooks, where nothing in it can run or reach JupyterLab. */
import { MainAreaWidget } from '@jupyterlab/apputils';
import { URLExt } from '@jupyterlab/coreutils';
import { CommandToolbarButton, IFrame } from '@jupyterlab/ui-components';

import type { IWove } from '../tokens';
import { exploreIcon } from '../ui/icons';
import { askedFor } from './route';

/** A project or a file in it, by its address. */
export interface Page {
  readonly handle: string;
  readonly slug: string;
  readonly title: string;
  readonly path: string;
  readonly cell: number | null;
}

/** Where a page is read without JupyterLab. */
export function addressOf(baseUrl: string, { handle, slug, path, cell }: Page): string {
  const project = URLExt.join('wove', `@${encodeURIComponent(handle)}`, encodeURIComponent(slug));
  const file = path && `/files/${URLExt.encodeParts(path)}`;
  const place = cell === null || !path ? '' : `#cell-${cell}`;
  return URLExt.join(baseUrl, project) + file + place;
}

/** Make the widget that shows a page. */
export function createReader(wove: IWove, baseUrl: string, page: Page): MainAreaWidget<IFrame> {
  const content = createFrame(wove, addressOf(baseUrl, page), page.title);
  const widget = new MainAreaWidget({ content });
  widget.title.label = page.path.split('/').pop() || page.title;
  widget.title.caption = page.title;
  widget.title.icon = exploreIcon;
  widget.toolbar.addItem('browser', openOutside(wove, page));
  return widget;
}

function createFrame(wove: IWove, address: string, title: string): IFrame {
  // Without `allow-scripts` the same origin is harmless, and without it the page would be asked
  // for as nobody. What is opened elsewhere is no part of this sandbox.
  const sandbox: IFrame.SandboxExceptions[] = [
    'allow-same-origin',
    'allow-popups',
    'allow-forms',
    'allow-downloads'
  ];
  const frame = new IFrame({ sandbox, referrerPolicy: 'same-origin' });
  frame.addClass('wove-Reader');
  frame.url = address;
  const element = frame.node.querySelector('iframe');
  if (element) {
    element.title = title;
    element.addEventListener('load', () => keepInside(wove, frame, element, address));
  }
  return frame;
}

/** Bring the frame back from JupyterLab, where nothing would run, and do what was asked there. */
function keepInside(
  wove: IWove,
  frame: IFrame,
  element: HTMLIFrameElement,
  address: string
): void {
  const place = placeOf(element);
  if (!place || place.pathname.includes('/wove/')) {
    return;
  }
  frame.url = address;
  const projectId = askedThere(place);
  if (projectId) {
    void wove.commands.execute('wove:remix', { projectId });
  }
}

/** Where a frame is; null while it shows a file, whose page is nobody's, so that none looks into it. */
function placeOf(element: HTMLIFrameElement): Location | null {
  try {
    const place = element.contentWindow?.location;
    return place?.pathname ? place : null;
  } catch {
    return null;
  }
}

/**
 * The project that the way to JupyterLab asks to remix. From the page of a file the browser goes
 * there as nobody, and is led to where one signs in, which says where it was to go `next`.
 */
export function askedThere({ search }: Pick<Location, 'search'>): string | null {
  const next = new URLSearchParams(search).get('next') ?? '';
  return askedFor(search) ?? askedFor(next.slice(next.indexOf('?')));
}

function openOutside({ commands, trans }: IWove, page: Page): CommandToolbarButton {
  return new CommandToolbarButton({
    commands,
    id: 'wove:read-in-browser',
    args: { ...page },
    label: trans.__('Open in Browser Tab')
  });
}
