/** Draws the projects one works on, and those in the bin. */
import { MenuSvg, ellipsesIcon } from '@jupyterlab/ui-components';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { MouseEvent } from 'react';
import React, { useEffect, useMemo } from 'react';

import type { Project } from '../api/models';
import type { IWove } from '../tokens';
import {
  ActionButton,
  Busy,
  ErrorState,
  RelativeTime,
  ToolButton,
  VisibilityBadge,
  useTrans,
  useWove
} from '../ui';
import { bringBack } from './binning';
import { mine } from './queries';

/** What the menu of a project offers. */
const MENU = [
  'wove:open-project',
  'wove:save-version',
  'wove:compare',
  'wove:open-page',
  'wove:delete-project'
];

export function Mine(): JSX.Element {
  const trans = useTrans();
  const { data, error, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery(
    mine(useWove().api, false)
  );
  const projects = data?.pages.flatMap(({ items }) => items);
  const openMenu = useMenu();
  return (
    <section aria-label={trans.__('My projects')}>
      <h3 className="wove-Heading">{trans.__('My projects')}</h3>
      {error && <ErrorState problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Busy />}
      {projects?.length === 0 && (
        <p className="wove-Muted">{trans.__('None yet. Start one above.')}</p>
      )}
      <ul className="wove-Projects">
        {projects?.map(project => (
          <Row key={project.id} project={project} onMenu={openMenu} />
        ))}
      </ul>
      {hasNextPage && (
        <ActionButton label={trans.__('Show more')} onClick={() => void fetchNextPage()} />
      )}
    </section>
  );
}

interface RowProps {
  readonly project: Project;
  readonly onMenu: Opener;
}

function Row({ project, onMenu }: RowProps): JSX.Element {
  const wove = useWove();
  const trans = useTrans();
  const onContextMenu = (event: MouseEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    onMenu(project, event.clientX, event.clientY);
  };
  const onMore = (): void => {
    const { left, bottom } = (document.activeElement ?? document.body).getBoundingClientRect();
    onMenu(project, left, bottom);
  };
  return (
    <li className="wove-Project" onContextMenu={onContextMenu}>
      <button type="button" className="wove-Project-open" onClick={() => enter(wove, project)}>
        <span className="wove-Project-title">{project.title}</span>
        <span className="wove-Project-facts">
          <VisibilityBadge visibility={project.visibility} />
          <RelativeTime iso={project.updated} />
        </span>
      </button>
      <ToolButton
        icon={ellipsesIcon}
        label={trans.__('More about %1', project.title)}
        onClick={onMore}
      />
    </li>
  );
}

/** Show a project's folder; its page where there is none here. */
function enter({ commands }: IWove, { id, folder }: Project): void {
  const go = { path: `/${folder}`, dontShowBrowser: true };
  void (folder === null
    ? commands.execute('wove:open-project', { id })
    : commands.execute('filebrowser:go-to-path', go));
}

type Opener = (project: Project, x: number, y: number) => void;

/** One menu for all rows; it says anew for each what can be done with it. */
function useMenu(): Opener {
  const { commands } = useWove();
  const menu = useMemo(() => new MenuSvg({ commands }), [commands]);
  useEffect(() => () => menu.dispose(), [menu]);
  return ({ id }, x, y) => {
    menu.clearItems();
    MENU.forEach(command => menu.addItem({ command, args: { id } }));
    menu.open(x, y);
  };
}

export function Bin(): JSX.Element | null {
  const wove = useWove();
  const trans = useTrans();
  const { data } = useInfiniteQuery(mine(wove.api, true));
  const projects = data?.pages.flatMap(({ items }) => items) ?? [];
  if (projects.length === 0) {
    return null;
  }
  return (
    <details className="wove-Details">
      <summary>
        {trans._n('%1 project in the bin', '%1 projects in the bin', projects.length)}
      </summary>
      <ul className="wove-Projects">
        {projects.map(({ id, title, deleted }) => (
          <li key={id} className="wove-Project">
            <span className="wove-Project-gone">
              {title} {deleted && <RelativeTime iso={deleted} />}
            </span>
            <ActionButton
              label={trans.__('Bring %1 back', title)}
              onClick={() => void bringBack({ wove }, id)}
            />
          </li>
        ))}
      </ul>
    </details>
  );
}
