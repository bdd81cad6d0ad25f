/** Draws the fields of new projects. */
import { useQuery } from '@tanstack/react-query';
import React from 'react';

import type { TemplateInfo } from '../api/models';
import { useTrans, useWove } from '../ui/context';
import type { Draft } from '../ui/form';
import { Field } from '../ui/form';
import { NameField } from '../ui/name-field';
import { Busy, ErrorState } from '../ui/states';
import { templates } from './queries';

/** What a new project starts from. */
export interface Start {
  readonly title: string;
  readonly template: string;
  readonly description: string;
}

export function StartFields({ value, change }: Draft<Start>): JSX.Element {
  const trans = useTrans();
  return (
    <>
      <NameField
        label={trans.__('Title')}
        value={value.title}
        onChange={title => change({ title })}
      />
      <fieldset className="wove-Fieldset">
        <legend>{trans.__('Start from')}</legend>
        <Templates chosen={value.template} onChoose={template => change({ template })} />
      </fieldset>
      <Field label={trans.__('Description (optional)')}>
        {ids => (
          <textarea
            {...ids}
            className="jp-mod-styled"
            rows={2}
            maxLength={2000}
            value={value.description}
            onChange={event => change({ description: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}

type FolderFieldsProps = Draft<{ title: string }> & { readonly path: string };

export function FolderFields({ value, change, path }: FolderFieldsProps): JSX.Element {
  const trans = useTrans();
  return (
    <>
      <p>
        {path.endsWith('.ipynb')
          ? trans.__('%1 is copied into a new folder, which becomes the project.', path)
          : trans.__('%1 stays where it is. Wove keeps every version of the files in it.', path)}
      </p>
      <NameField
        label={trans.__('Title')}
        value={value.title}
        onChange={title => change({ title })}
      />
    </>
  );
}

interface TemplatesProps {
  readonly chosen: string;
  readonly onChoose: (name: string) => void;
}

function Templates({ chosen, onChoose }: TemplatesProps): JSX.Element {
  const { data, error, refetch } = useQuery(templates(useWove().api));
  if (error) {
    return <ErrorState problem={error} onRetry={() => void refetch()} />;
  }
  return data ? (
    <div className="wove-Templates">
      {data.map(template => (
        <Template
          key={template.name}
          template={template}
          chosen={template.name === chosen}
          onChoose={() => onChoose(template.name)}
        />
      ))}
    </div>
  ) : (
    <Busy />
  );
}

interface TemplateProps {
  readonly template: TemplateInfo;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

function Template({ template, chosen, onChoose }: TemplateProps): JSX.Element {
  return (
    <label className="wove-Template">
      <input type="radio" name="template" checked={chosen} onChange={onChoose} />
      <span>
        <strong>{template.title}</strong>
        <br />
        {template.description}
      </span>
    </label>
  );
}
