/** Buttons: one that says what it does, one that shows it. */
import { Button } from '@jupyter/react-components';
import type { LabIcon } from '@jupyterlab/ui-components';
import React from 'react';

export interface Action {
  readonly label: string;
  readonly onClick: () => void;
  readonly disabled?: boolean;
}

export interface Tool extends Action {
  readonly icon: LabIcon;
}

/** A button with words on it; the one that most people want here is `primary`. */
export function ActionButton(props: Action & { readonly primary?: boolean }): JSX.Element {
  return (
    <Button
      className="wove-Action"
      appearance={props.primary ? 'accent' : 'neutral'}
      disabled={props.disabled ?? false}
      onClick={props.onClick}
    >
      {props.label}
    </Button>
  );
}

/** A button that is only an icon; its label is its tooltip and what a screen reader says. */
export function ToolButton({ icon, label, onClick, disabled = false }: Tool): JSX.Element {
  return (
    <Button
      appearance="stealth"
      scale="xsmall"
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={onClick}
    >
      <icon.react tag={null} aria-hidden="true" />
    </Button>
  );
}
