/** Fills in what a prompt takes, shows what would be said, and says it in a chat. */
import { useQuery } from '@tanstack/react-query';
import React, { useState } from 'react';

import type { AskedInput, PromptCard, PromptContent, Rendering } from '../api/models';
import { ProblemError } from '../api/problem';
import { ActionButton, notifyProblem, useTrans, useWove } from '../ui';
import { dollars } from '../spending/model';
import { asMessage, rendered, useEstimates } from './model';
import type { Place } from './place';

interface UseProps {
  readonly card: PromptCard;
  readonly content: PromptContent;
  readonly place: Place;
}

type Given = Readonly<Record<string, string>>;

export function Use({ card, content, place }: UseProps): JSX.Element {
  const { api, trans } = useWove();
  const [given, setGiven] = useState<Given>(() => usual(content.inputs));
  const [looks, setLooks] = useState(0);
  const { number } = content.version;
  const preview = useQuery({
    queryKey: ['prompts', card.id, 'preview', number, given, looks],
    queryFn: async ({ signal }) =>
      rendered(api, card.id, number, await filled(content.inputs, given, place), signal),
    retry: false,
    staleTime: 0
  });
  const ask = async (): Promise<void> => {
    try {
      const { say } = await import('../assist/asking');
      const used = { id: card.id, version: number, number };
      await say(place, preview.data ? asMessage(preview.data) : '', used);
    } catch (problem) {
      notifyProblem(trans, trans.__('Wove could not be asked.'), problem);
    }
  };
  return (
    <div className="wove-Prompt-use">
      <form className="wove-Prompt-inputs" onSubmit={event => event.preventDefault()}>
        {content.inputs.map(input => (
          <Input
            key={input.name}
            input={input}
            value={given[input.name] ?? ''}
            onChange={value => setGiven({ ...given, [input.name]: value })}
          />
        ))}
        <ActionButton
          primary
          label={trans.__('Ask in the chat of the notebook')}
          disabled={!preview.data}
          onClick={() => void ask()}
        />
        <ActionButton
          label={trans.__('Look at the notebook again')}
          onClick={() => setLooks(looks + 1)}
        />
      </form>
      <section className="wove-Prompt-preview" aria-label={trans.__('What would be said')}>
        {preview.error ? (
          <p className="wove-Prompt-problem" role="status">
            {ProblemError.of(preview.error).message}
          </p>
        ) : (
          preview.data?.messages.map(({ role, content: said }, at) => (
            <div key={at}>
              <h4>{role}</h4>
              <pre>{said}</pre>
            </div>
          ))
        )}
        {preview.data && <Estimates text={asMessage(preview.data)} />}
      </section>
    </div>
  );
}

/** What it costs to have each model read it, before it answers. */
function Estimates({ text }: { readonly text: string }): JSX.Element | null {
  const trans = useTrans();
  const { data } = useEstimates(text);
  return data && data.length > 0 ? (
    <ul className="wove-Prompt-estimates" aria-label={trans.__('What it costs to send')}>
      {data.map(({ model, tokens, fits, price }) => (
        <li key={model}>
          {trans.__('%1: about %2 tokens', model, tokens.toLocaleString())}
          {' · '}
          {price === null ? trans.__('price unknown') : dollars(price)}
          {!fits && ` · ${trans.__('too long for it')}`}
        </li>
      ))}
    </ul>
  ) : null;
}

interface InputProps {
  readonly input: AskedInput;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Input({ input, value, onChange }: InputProps): JSX.Element {
  const trans = useTrans();
  const { name, type, description, options, required } = input;
  const hints: Partial<Record<typeof type, string>> = {
    dataframe: trans.__('the name of a data frame in the kernel'),
    variable: trans.__('the name of a variable in the kernel'),
    cell: trans.__('the cell where you are'),
    error: trans.__('the error of the cell where you are'),
    selection: trans.__('what you have selected')
  };
  return (
    <label className="wove-Prompt-input">
      <span>
        {name}
        {required && ' *'}
      </span>
      {type === 'enum' ? (
        <select
          className="jp-mod-styled"
          value={value}
          onChange={event => onChange(event.target.value)}
        >
          {options.map(each => (
            <option key={String(each)}>{String(each)}</option>
          ))}
        </select>
      ) : isOfPlace(type) ? (
        <em>{hints[type]}</em>
      ) : (
        <input
          className="jp-mod-styled"
          type={type === 'number' ? 'number' : 'text'}
          value={value}
          placeholder={description || hints[type]}
          onChange={event => onChange(event.target.value)}
        />
      )}
    </label>
  );
}

function isOfPlace(type: AskedInput['type']): boolean {
  return type === 'cell' || type === 'error' || type === 'selection';
}

function usual(inputs: readonly AskedInput[]): Given {
  return Object.fromEntries(
    inputs.map(({ name, default: value, options }) => [name, said(value ?? options[0] ?? '')])
  );
}

function said(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Read what is given, of the form and of the notebook. */
export async function filled(
  inputs: readonly AskedInput[],
  given: Given,
  place: Pick<Place, 'cell' | 'selection' | 'views'>
): Promise<Rendering> {
  const values: Record<string, unknown> = {};
  const views: Record<string, Record<string, unknown>> = {};
  for (const { name, type } of inputs) {
    const text = given[name] ?? '';
    if (type === 'cell') {
      values[name] = place.cell() ?? undefined;
    } else if (type === 'error') {
      values[name] = place.cell()?.error;
    } else if (type === 'selection') {
      values[name] = place.selection();
    } else if ((type === 'dataframe' || type === 'variable') && text !== '') {
      views[name] = await place.views(text);
    } else if (text !== '') {
      values[name] = type === 'number' ? Number(text) : text;
    }
  }
  // The contract says that values are anything, which its types cannot.
  return { values, views } as Rendering;
}
