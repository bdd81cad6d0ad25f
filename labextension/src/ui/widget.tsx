/** The Lumino widget that every panel of Wove is: drawn by React, loaded when first shown. */
import { ReactWidget } from '@jupyterlab/ui-components';
import type { Message } from '@lumino/messaging';
import type { ComponentType, LazyExoticComponent } from 'react';
import React, { lazy, Suspense } from 'react';

import type { IWove } from '../tokens';
import { Boundary } from './boundary';
import { Provided } from './provided';
import { Busy } from './states';

/** Loads the module that draws the panel: `() => import('./panel')`. */
export type Load<P> = () => Promise<{ default: ComponentType<P> }>;

/** A panel in a sidebar or the main area, with the server and its cache at hand. */
export class WovePanel<P extends object = object> extends ReactWidget {
  constructor(
    private readonly wove: IWove,
    private readonly load: Load<P>,
    private readonly props: P
  ) {
    super();
    this.addClass('wove-Widget');
    // JupyterLab takes for the current widget the one that holds the focus.
    this.node.tabIndex = -1;
    this.content = bind(load, props);
  }

  protected override onAfterShow(message: Message): void {
    super.onAfterShow(message);
    this.update();
  }

  protected override onActivateRequest(message: Message): void {
    super.onActivateRequest(message);
    this.node.focus();
  }

  protected override render(): JSX.Element | null {
    this.opened ||= this.isVisible;
    return this.opened ? this.draw() : null;
  }

  private draw(): JSX.Element {
    const Content = this.content;
    return (
      <Provided wove={this.wove}>
        <Boundary onRetry={this.reload}>
          <Suspense fallback={<Busy />}>
            <Content />
          </Suspense>
        </Boundary>
      </Provided>
    );
  }

  /** Load again: React remembers a failed load for ever. */
  private readonly reload = (): void => {
    this.content = bind(this.load, this.props);
    this.update();
  };

  private content: LazyExoticComponent<ComponentType>;
  private opened = false;
}

function bind<P extends object>(load: Load<P>, props: P): LazyExoticComponent<ComponentType> {
  return lazy(async () => {
    const { default: Content } = await load();
    return { default: () => <Content {...props} /> };
  });
}
