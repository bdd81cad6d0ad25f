/** Keeps a failure in one panel from taking its neighbours along. */
import type { ReactNode } from 'react';
import React, { Component } from 'react';

import { ErrorState } from './states';

interface BoundaryProps {
  readonly children: ReactNode;
  readonly onRetry: () => void;
}

interface BoundaryState {
  readonly error: unknown;
}

/** Shows what its children threw, and lets the user try again. */
export class Boundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { error: null };

  static getDerivedStateFromError(error: unknown): BoundaryState {
    return { error };
  }

  override render(): ReactNode {
    return this.state.error === null ? (
      this.props.children
    ) : (
      <ErrorState problem={this.state.error} onRetry={this.retry} />
    );
  }

  private readonly retry = (): void => {
    this.props.onRetry();
    this.setState({ error: null });
  };
}
