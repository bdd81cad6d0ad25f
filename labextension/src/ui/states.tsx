/** What a panel shows when there is nothing, something wrong, or something under way. */
import { errorIcon } from '@jupyterlab/ui-components';
import type { LabIcon } from '@jupyterlab/ui-components';
import type { ReactNode } from 'react';
import React from 'react';

import { ProblemError } from '../api/problem';
import type { Action } from './button';
import { ActionButton } from './button';
import { useTrans } from './context';

interface EmptyStateProps {
  readonly icon: LabIcon;
  readonly title: string;
  /** What the user can do about it, in a sentence. */
  readonly hint: ReactNode;
  readonly action?: Action;
}

/** Nothing here yet, and what to do next. */
export function EmptyState({ icon, title, hint, action }: EmptyStateProps): JSX.Element {
  return (
    <div className="wove-State">
      <icon.react tag="span" className="wove-State-icon" aria-hidden="true" />
      <h3 className="wove-State-title">{title}</h3>
      <p className="wove-State-hint">{hint}</p>
      {action && <ActionButton primary {...action} />}
    </div>
  );
}

interface ErrorStateProps {
  /** What was thrown; anything but a ProblemError is shown by its message. */
  readonly problem: unknown;
  readonly onRetry?: () => void;
}

/** What went wrong, how to find it in the log, and a way to try again. */
export function ErrorState({ problem, onRetry }: ErrorStateProps): JSX.Element {
  const trans = useTrans();
  const { problem: shown, requestId } = ProblemError.of(problem);
  return (
    <div className="wove-State" role="alert">
      <errorIcon.react tag="span" className="wove-State-icon" aria-hidden="true" />
      <h3 className="wove-State-title">{shown.title}</h3>
      <p className="wove-State-hint">{shown.detail}</p>
      {requestId && <RequestId id={requestId} />}
      {onRetry && <ActionButton label={trans.__('Try again')} onClick={onRetry} />}
    </div>
  );
}

/** The id that finds a request in the server's log. */
export function RequestId({ id }: { readonly id: string }): JSX.Element {
  const trans = useTrans();
  return (
    <p className="wove-State-hint">
      {trans.__('Request')} <code>{id}</code>
    </p>
  );
}

/** Something is on its way, and nobody knows how long it takes. */
export function Busy({ label }: { readonly label?: string }): JSX.Element {
  const trans = useTrans();
  return (
    <div className="wove-Busy" role="status">
      <span className="wove-Busy-spinner" aria-hidden="true" />
      {label ?? trans.__('Loading…')}
    </div>
  );
}
