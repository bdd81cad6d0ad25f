/** Draws the fields that change what a project's page says, in place. */
import type { FormEvent, KeyboardEvent } from 'react';
import React, { useState } from 'react';

import type { Project, ProjectChange } from '../api/models';
import { useLevels } from '../gallery/card';
import { ActionButton, useTrans } from '../ui';
import { Field } from '../ui/form';
import type { Words } from './editing';
import { useEditing, wordsOf } from './editing';

interface DetailsProps {
  readonly project: Project;
  readonly onClose: () => void;
}

export function Details({ project, onClose }: DetailsProps): JSX.Element {
  const trans = useTrans();
  const [words, setWords] = useState(() => wordsOf(project));
  const { problem, theirs, saving, save } = useEditing(project, onClose);
  const send = (): void => void save(words);
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    send();
  };
  const onKeyDown = ({ key }: KeyboardEvent): void => {
    if (key === 'Escape') {
      onClose();
    }
  };
  return (
    <form
      className="wove-Form"
      aria-label={trans.__('Details')}
      onSubmit={onSubmit}
      onKeyDown={onKeyDown}
    >
      {problem && (
        <p className="wove-Form-problem" role="alert">
          {problem}
        </p>
      )}
      <Theirs change={theirs} />
      <Fields words={words} change={part => setWords({ ...words, ...part })} />
      <div className="wove-Actions">
        <ActionButton label={trans.__('Save')} primary disabled={saving} onClick={send} />
        <ActionButton label={trans.__('Cancel')} onClick={onClose} />
      </div>
    </form>
  );
}

/** What others wrote meanwhile. */
function Theirs({ change }: { readonly change: ProjectChange }): JSX.Element | null {
  const trans = useTrans();
  const level = useLevels()[change.level ?? ''];
  const rows: [string, string | undefined][] = [
    [trans.__('Their title'), change.title],
    [trans.__('Their description'), change.description],
    [trans.__('Their tags'), change.tags?.join(', ')],
    [trans.__('Their licence'), change.licence],
    [trans.__('Their level'), level]
  ];
  return (
    <dl className="wove-Facts-list">
      {rows
        .filter(([, words]) => words !== undefined)
        .map(([label, words]) => (
          <React.Fragment key={label}>
            <dt>{label}</dt>
            <dd>{words}</dd>
          </React.Fragment>
        ))}
    </dl>
  );
}

interface FieldsProps {
  readonly words: Words;
  readonly change: (part: Partial<Words>) => void;
}

function Fields({ words, change }: FieldsProps): JSX.Element {
  const trans = useTrans();
  return (
    <>
      <Text label={trans.__('Title')} value={words.title} onChange={title => change({ title })} />
      <Field label={trans.__('Description')}>
        {ids => (
          <textarea
            {...ids}
            className="jp-mod-styled"
            rows={3}
            maxLength={2000}
            value={words.description}
            onChange={event => change({ description: event.target.value })}
          />
        )}
      </Field>
      <Text
        label={trans.__('Tags')}
        hint={trans.__('Up to 12, with commas between them.')}
        value={words.tags}
        onChange={tags => change({ tags })}
      />
      <Text
        label={trans.__('Licence')}
        hint={trans.__('Such as MIT or CC-BY-4.0: it says what others may do with it.')}
        value={words.licence}
        onChange={licence => change({ licence })}
      />
      <Level value={words.level} onChange={level => change({ level })} />
    </>
  );
}

interface TextProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Text({ value, onChange, ...words }: TextProps): JSX.Element {
  return (
    <Field {...words}>
      {ids => (
        <input
          {...ids}
          className="jp-mod-styled"
          value={value}
          onChange={event => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

interface LevelProps {
  readonly value: Words['level'];
  readonly onChange: (level: Words['level']) => void;
}

function Level({ value, onChange }: LevelProps): JSX.Element {
  const trans = useTrans();
  const levels = Object.entries(useLevels());
  return (
    <Field label={trans.__('Level')}>
      {ids => (
        <select
          {...ids}
          className="wove-Select"
          value={value ?? ''}
          onChange={event => onChange((event.target.value || null) as Words['level'])}
        >
          <option value="">{trans.__('Not said')}</option>
          {levels.map(([level, word]) => (
            <option key={level} value={level}>
              {word}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
