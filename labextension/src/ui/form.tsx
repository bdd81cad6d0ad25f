/** Dialogs with fields: what was typed stays until the server has accepted it. */
import { Dialog } from '@jupyterlab/apputils';
import { ReactWidget } from '@jupyterlab/ui-components';
import { QueryClientProvider } from '@tanstack/react-query';
import type { KeyboardEvent, ReactNode } from 'react';
import React, { useId, useRef, useState } from 'react';

import { createKeys } from '../api/intent';
import { ProblemError } from '../api/problem';
import type { IWove } from '../tokens';
import { WoveContext } from './context';

/** What was typed so far, and how to change it. */
export interface Draft<T> {
  readonly value: T;
  readonly change: (part: Partial<T>) => void;
}

export interface Form<T, R> {
  readonly title: string;
  /** The verb on the button, such as "Save". */
  readonly accept: string;
  readonly initial: T;
  /** Draws the fields; the browser's own validation decides whether they can be sent. */
  readonly fields: (draft: Draft<T>) => JSX.Element;
  /** Send it; the key is the same when it is sent again as it was, after no answer came. */
  readonly send: (value: T, key: string) => Promise<R>;
}

/** Ask until the server accepts or the user cancels; null if they did. */
export async function ask<T extends object, R>(wove: IWove, form: Form<T, R>): Promise<R | null> {
  const keyOf = createKeys<T>();
  let value = form.initial;
  let problem = '';
  for (;;) {
    const answer = await show(wove, form, value, problem);
    if (answer === null) {
      return null;
    }
    try {
      return await form.send(answer, keyOf(answer));
    } catch (error) {
      value = answer;
      problem = ProblemError.of(error).message;
    }
  }
}

async function show<T extends object, R>(
  wove: IWove,
  form: Form<T, R>,
  initial: T,
  problem: string
): Promise<T | null> {
  let value = initial;
  const props = {
    form,
    initial,
    problem,
    onChange: (changed: T) => (value = changed),
    onAccept: () => dialog.resolve(1)
  };
  const dialog: Dialog<unknown> = new Dialog({
    title: form.title,
    body: ReactWidget.create(
      <WoveContext.Provider value={wove}>
        <QueryClientProvider client={wove.queries}>
          <Fields {...props} />
        </QueryClientProvider>
      </WoveContext.Provider>
    ),
    buttons: [
      Dialog.cancelButton({ label: wove.trans.__('Cancel') }),
      Dialog.okButton({ label: form.accept, ariaLabel: form.accept })
    ],
    focusNodeSelector: 'input, textarea'
  });
  dialog.addClass('wove-FormDialog');
  // The dialog judges its fields only after somebody typed; an empty one must not be sent.
  void dialog.ready.then(() => dialog.node.dispatchEvent(new Event('input', { bubbles: true })));
  const { button } = await dialog.launch();
  return button.accept ? value : null;
}

interface FieldsProps<T, R> {
  readonly form: Form<T, R>;
  readonly initial: T;
  readonly problem: string;
  readonly onChange: (value: T) => void;
  readonly onAccept: () => void;
}

function Fields<T extends object, R>(props: FieldsProps<T, R>): JSX.Element {
  const [value, setValue] = useState(props.initial);
  // What the server fills in may come after more was typed.
  const latest = useRef(props.initial);
  const change = (part: Partial<T>): void => {
    latest.current = { ...latest.current, ...part };
    setValue(latest.current);
    props.onChange(latest.current);
  };
  const onKeyDown = ({ key, ctrlKey, metaKey, currentTarget }: KeyboardEvent): void => {
    if (key === 'Enter' && (ctrlKey || metaKey) && !currentTarget.querySelector(':invalid')) {
      props.onAccept();
    }
  };
  return (
    <div className="wove-Form" onKeyDown={onKeyDown}>
      {props.problem && (
        <p className="wove-Form-problem" role="alert">
          {props.problem}
        </p>
      )}
      {props.form.fields({ value, change })}
    </div>
  );
}

interface FieldProps {
  readonly label: string;
  /** What to write there, in a sentence. */
  readonly hint?: string;
  readonly children: (ids: { id: string; 'aria-describedby'?: string }) => ReactNode;
}

/** A field with its label and hint. */
export function Field({ label, hint, children }: FieldProps): JSX.Element {
  const id = useId();
  return (
    <div className="wove-Field">
      <label htmlFor={id}>{label}</label>
      {children({ id, ...(hint && { 'aria-describedby': `${id}-hint` }) })}
      {hint && (
        <p id={`${id}-hint`} className="wove-Field-hint">
          {hint}
        </p>
      )}
    </div>
  );
}
