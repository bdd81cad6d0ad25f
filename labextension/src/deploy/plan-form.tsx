/** Draws the plan before the work begins: what was found, and what can be said otherwise. */
import React from 'react';

import type { DeployedApp, Project } from '../api/models';
import { ActionButton, useTrans } from '../ui';
import type { Draft } from '../ui/form';
import { Field } from '../ui/form';
import { NameField } from '../ui/name-field';
import { AccessField } from './access-field';
import type { Replan } from './replanning';
import { useReplanned } from './replanning';
import { SlugField } from './slug-field';
import { TargetField } from './target-field';
import type { Plan, Wish } from './wish';
import { installed, wishFor } from './wish';
import type { Kind } from './words';
import { kindWord, kindWords } from './words';

export interface PlanProps extends Draft<Wish> {
  readonly project: Project;
  /** The apps that it could be a new version of. */
  readonly apps: readonly DeployedApp[];
  /** The files that it may begin with. */
  readonly files: readonly string[];
  readonly replan: Replan;
}

export function PlanFields(props: PlanProps): JSX.Element {
  const { value, change, project, apps } = props;
  const trans = useTrans();
  const chosen = apps.find(({ id }) => id === value.appId);
  const choose = (id: string): void =>
    change(wishFor(project, apps.find(each => each.id === id) ?? null, value.proposed));
  return (
    <>
      {apps.length > 0 && (
        <Field label={trans.__('App')}>
          {ids => (
            <select
              {...ids}
              className="wove-Select"
              value={value.appId}
              onChange={event => choose(event.target.value)}
            >
              {apps.map(({ id, title, slug }) => (
                <option key={id} value={id}>
                  {trans.__('A new version of %1 (%2)', title, slug)}
                </option>
              ))}
              <option value="">{trans.__('A new app')}</option>
            </select>
          )}
        </Field>
      )}
      <NameField
        label={trans.__('Title')}
        value={value.title}
        onChange={title => change({ title })}
      />
      <SlugField value={value.slug} own={chosen?.slug} onChange={slug => change({ slug })} />
      <AccessField
        project={project}
        value={value.access}
        before={chosen?.access}
        onChange={access => change({ access })}
      />
      <TargetField value={value} change={change} stays={(chosen?.release ?? null) !== null} />
      <Found {...props} />
    </>
  );
}

/** What the project becomes, and how. */
function Found({ value, change, files, replan }: PlanProps): JSX.Element {
  const trans = useTrans();
  const { plan } = value;
  const { problem, busy, missing, notice, ask } = useReplanned(replan, change);
  return (
    <fieldset className="wove-Fieldset wove-Wish">
      <legend>{trans.__('The plan')}</legend>
      <p className="wove-Wish-found">{summary(trans, plan)}</p>
      {missing && <Missing words={missing} plan={plan} onKind={kind => ask(kind, '')} />}
      {notice && <p role="status">{notice}</p>}
      <Field label={trans.__('Becomes')}>
        {ids => (
          <select
            {...ids}
            className="wove-Select"
            aria-busy={busy}
            value={plan.kind}
            onChange={event => ask(event.target.value as Kind, '')}
          >
            {Object.entries(kindWords(trans)).map(([kind, words]) => (
              <option key={kind} value={kind}>
                {words}
              </option>
            ))}
          </select>
        )}
      </Field>
      {problem && (
        <p className="wove-Form-problem" role="alert">
          {problem}
        </p>
      )}
      <Field label={trans.__('Begins with')}>
        {ids => (
          <>
            <input
              {...ids}
              className="jp-mod-styled"
              list={`${ids.id}-files`}
              maxLength={255}
              value={plan.entry}
              onChange={event => change({ plan: { ...plan, entry: event.target.value } })}
              onBlur={event => ask(plan.kind, event.target.value)}
            />
            <datalist id={`${ids.id}-files`}>
              {files.map(path => (
                <option key={path} value={path} />
              ))}
            </datalist>
          </>
        )}
      </Field>
      <Details value={value} change={change} />
    </fieldset>
  );
}

type Trans = ReturnType<typeof useTrans>;

/** What was found, in a sentence. */
function summary(trans: Trans, plan: Plan): string {
  const count = plan.requirements.length;
  const parts = [
    kindWord(trans, plan.kind),
    plan.entry && trans.__('begins with %1', plan.entry),
    plan.lock
      ? trans.__('installs what %1 names', plan.lock)
      : count > 0 && trans._n('installs %1 package', 'installs %1 packages', count),
    plan.start.length > 0 && trans.__('%1 MB of memory', plan.memory_mb),
    plan.base === 'none' ? trans.__('needs no Docker') : trans.__('is built and run in Docker')
  ];
  return `${parts.filter(Boolean).join(' · ')}.`;
}

interface MissingProps {
  readonly words: string;
  readonly plan: Plan;
  readonly onKind: (kind: Kind) => void;
}

/** What is missing here for the plan, and what works without. */
function Missing({ words, plan, onKind }: MissingProps): JSX.Element {
  const trans = useTrans();
  const isBook = plan.entry.endsWith('.ipynb') && plan.kind !== 'saved';
  return (
    <div className="wove-Form-problem" role="alert">
      <p>{words}</p>
      {isBook && (
        <div className="wove-Actions">
          <ActionButton
            label={trans.__('Use the outputs they have')}
            onClick={() => onKind('saved')}
          />
        </div>
      )}
    </div>
  );
}

function Details({ value, change }: Draft<Wish>): JSX.Element {
  const trans = useTrans();
  const { plan } = value;
  const number = (text: string): number => Number(text) || 0;
  return (
    <details className="wove-Details">
      <summary>{trans.__('Packages, memory, start and hosts')}</summary>
      <div className="wove-Wish-details">
        <p>
          {trans.__('Packages:')}{' '}
          {installed(plan) ? <code>{installed(plan)}</code> : trans.__('none')}
        </p>
        <Field
          label={trans.__('Starts with the command')}
          hint={trans.__('Left empty for what is served as pages, without a program.')}
        >
          {ids => (
            <input
              {...ids}
              className="jp-mod-styled wove-Wish-code"
              value={value.start}
              onChange={event => change({ start: event.target.value })}
            />
          )}
        </Field>
        <div className="wove-Wish-pair">
          <Field label={trans.__('Port')}>
            {ids => (
              <input
                {...ids}
                className="jp-mod-styled"
                type="number"
                min={1024}
                max={65535}
                value={plan.port || ''}
                onChange={event => change({ plan: { ...plan, port: number(event.target.value) } })}
              />
            )}
          </Field>
          <Field label={trans.__('Memory in MB')}>
            {ids => (
              <input
                {...ids}
                className="jp-mod-styled"
                type="number"
                min={64}
                max={65536}
                required
                value={plan.memory_mb || ''}
                onChange={event =>
                  change({ plan: { ...plan, memory_mb: number(event.target.value) } })
                }
              />
            )}
          </Field>
        </div>
        <Field
          label={trans.__('Hosts that it may reach')}
          hint={trans.__(
            'Names such as api.example.org, divided by commas. It reaches no others.'
          )}
        >
          {ids => (
            <input
              {...ids}
              className="jp-mod-styled wove-Wish-code"
              value={value.hosts}
              onChange={event => change({ hosts: event.target.value })}
            />
          )}
        </Field>
      </div>
    </details>
  );
}
