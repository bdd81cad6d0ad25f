/** Where the user is: the document or folder they look at, and the project around it. */
import { PathExt } from '@jupyterlab/coreutils';
import { QueryObserver } from '@tanstack/react-query';
import type { ComponentType } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import { createStore } from 'zustand/vanilla';

import type { Project } from '../api/models';
import type { IWove } from '../tokens';
import type { Ask } from './queries';
import { around, project, refreshWork } from './queries';

export interface Sight {
  /** Relative to Jupyter's root, which is ''; null while nothing of this server is looked at. */
  readonly path: string | null;
  readonly isFolder: boolean;
  /** Undefined until the server has answered. */
  readonly project: Project | null | undefined;
  readonly problem: Error | null;
}

/** A part of the panel *Wove* that another feature draws about the current project. */
export type Section = ComponentType<{ readonly project: Project }>;

/** Milliseconds without a saved file after which the changes are counted anew. */
const QUIET = 1000;

/** Follows the user's eyes from project to project. */
export class Workplace {
  readonly sight: StoreApi<Sight> = createStore<Sight>(() => ({
    path: null,
    isFolder: true,
    project: null,
    problem: null
  }));

  /** In the order in which they came. */
  readonly sections = createStore<{ readonly all: readonly Section[] }>(() => ({ all: [] }));

  constructor(private readonly wove: Pick<IWove, 'api' | 'queries'>) {}

  /** Look at a folder, or at a document. */
  look(path: string, isFolder: boolean): void {
    if (path === this.sight.getState().path) {
      return;
    }
    this.stop();
    this.sight.setState({ path, isFolder, project: undefined, problem: null });
    this.stop = this.follow(path);
  }

  /** The project of this id; without one, the project that the user looks at. */
  async find(id?: string): Promise<Project | null> {
    const { path } = this.sight.getState();
    if (id !== undefined) {
      return this.ask(project(this.wove.api, id));
    }
    return path === null ? null : this.ask(around(this.wove.api, path));
  }

  /** The folder or notebook that could become a project; '' where there is none. */
  get candidate(): string {
    return candidate(this.sight.getState());
  }

  /** Hear that a file was saved, renamed or removed. */
  readonly saved = (): void => {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void refreshWork(this.wove.queries), QUIET);
  };

  private ask<T>({ queryKey, queryFn }: Ask<T>): Promise<T> {
    return this.wove.queries.fetchQuery({ queryKey, queryFn });
  }

  private follow(path: string): () => void {
    const { queryKey, queryFn } = around(this.wove.api, path);
    const observer = new QueryObserver<Project | null>(this.wove.queries, { queryKey, queryFn });
    return observer.subscribe(({ data, error }) =>
      this.sight.setState({ project: error ? null : data, problem: error })
    );
  }

  private stop: () => void = () => undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
}

/** The folder that is looked at, or that of the document; at the root, the notebook alone. */
export function candidate({ path, isFolder }: Pick<Sight, 'path' | 'isFolder'>): string {
  const folder = isFolder ? path : PathExt.dirname(path ?? '');
  return folder || (path?.endsWith('.ipynb') ? path : '');
}
