/** The fields for where an app is served: what each place takes, and what it is still to be told. */
import { useQuery } from '@tanstack/react-query';
import React, { useEffect, useId, useRef } from 'react';

import type { DeployTarget, TargetNeed } from '../api/models';
import { Busy, ErrorState, useTrans, useWove } from '../ui';
import type { Draft } from '../ui/form';
import { Field } from '../ui/form';
import { targets } from './queries';
import { LOCAL, problemAt, takenAt } from './target-words';
import type { Wish } from './wish';

interface TargetFieldProps extends Draft<Wish> {
  /** Whether a release of the app is served somewhere, where it stays. */
  readonly stays: boolean;
}

export function TargetField(props: TargetFieldProps): JSX.Element {
  const trans = useTrans();
  const { api } = useWove();
  const { value, change } = props;
  const { data, error, refetch } = useQuery(targets(api, value.appId));
  if (error) {
    return <ErrorState problem={error} onRetry={() => void refetch()} />;
  }
  if (!data) {
    return <Busy />;
  }
  const chosen = data.find(({ name }) => name === value.target);
  return (
    <fieldset className="wove-Fieldset wove-Targets">
      <legend>{trans.__('Where is it served?')}</legend>
      {data.length === 1 && (
        <p className="wove-Field-hint">
          {trans.__('By this server. Administrators can allow clouds, too.')}
        </p>
      )}
      {data.length > 1 &&
        data.map(target => <Choice key={target.name} {...props} target={target} />)}
      {props.stays && data.length > 1 && (
        <p className="wove-Field-hint">
          {trans.__('An app stays where it is served. Choose “A new app” for another place.')}
        </p>
      )}
      {chosen && <Needs target={chosen} value={value} change={change} />}
    </fieldset>
  );
}

interface ChoiceProps extends TargetFieldProps {
  readonly target: DeployTarget;
}

/** One place; where it does not suit, why. */
function Choice({ target, value, change, stays }: ChoiceProps): JSX.Element {
  const trans = useTrans();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const isChosen = target.name === value.target;
  const problem = problemAt(trans, target, value.plan.kind, value.access);
  const bars = isChosen ? problem : '';
  // The browser's own validation keeps the dialog from being sent.
  useEffect(() => {
    field.current?.setCustomValidity(bars);
    field.current?.dispatchEvent(new Event('input', { bubbles: true }));
  }, [bars]);
  return (
    <label className="wove-Choice" data-unfit={problem !== ''}>
      <input
        ref={field}
        type="radio"
        name={`${value.appId}-target`}
        checked={isChosen}
        disabled={stays && !isChosen}
        aria-describedby={`${id}-takes`}
        onChange={() => change({ target: target.name, told: {} })}
      />
      <span>
        {target.name === LOCAL ? trans.__('This server') : target.title}
        <span
          id={`${id}-takes`}
          className="wove-Field-hint wove-Target-takes"
          role={bars ? 'alert' : undefined}
        >
          {problem || takenAt(trans, target)}
        </span>
      </span>
    </label>
  );
}

interface NeedsProps extends Draft<Wish> {
  readonly target: DeployTarget;
}

/** What the chosen place is to be told: what it must know first, the rest folded away. */
function Needs({ target, value, change }: NeedsProps): JSX.Element | null {
  const trans = useTrans();
  const open = target.needs.filter(({ is_set: isSet }) => !isSet);
  const known = target.needs.filter(({ is_set: isSet }) => isSet).map(({ name }) => name);
  const optional = open.filter(({ required }) => !required);
  const draw = (need: TargetNeed): JSX.Element => (
    <NeedField
      key={need.name}
      need={need}
      value={value.told[need.name] ?? ''}
      onChange={text => change({ told: { ...value.told, [need.name]: text } })}
    />
  );
  if (target.needs.length === 0) {
    return null;
  }
  return (
    <div className="wove-Target-needs">
      {open.filter(({ required }) => required).map(draw)}
      {known.length > 0 && (
        <p className="wove-Field-hint">
          {trans.__('Known already, by variables of the app: %1', known.join(', '))}
        </p>
      )}
      {optional.length > 0 && (
        <details className="wove-Details">
          <summary>{trans.__('More that it can be told')}</summary>
          <div className="wove-Wish-details">{optional.map(draw)}</div>
        </details>
      )}
      <p className="wove-Field-hint">
        {trans.__('These become variables of the app: sealed, and never shown again.')}
      </p>
    </div>
  );
}

interface NeedFieldProps {
  readonly need: TargetNeed;
  readonly value: string;
  readonly onChange: (text: string) => void;
}

function NeedField({ need, value, onChange }: NeedFieldProps): JSX.Element {
  return (
    <Field label={need.name} hint={need.about}>
      {ids => (
        <input
          {...ids}
          className="jp-mod-styled wove-Wish-code"
          type={need.secret ? 'password' : 'text'}
          autoComplete="off"
          maxLength={32_768}
          required={need.required}
          value={value}
          onChange={event => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
