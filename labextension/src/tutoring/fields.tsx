/** Draws the fields in which a teacher says what models may tell. */
import React from 'react';

import { useTrans } from '../ui/context';
import type { Draft } from '../ui/form';
import { Field } from '../ui/form';
import type { Wanted } from './words';
import { LEVELS, levelWord } from './words';

export function TutorFields({ value, change }: Draft<Wanted>): JSX.Element {
  const trans = useTrans();
  return (
    <>
      <p>
        {trans.__(
          'It holds for everybody who works on this project or on a remix of it, but not for its owners and editors. The Tutor answers them, suggests no changes and runs no cells. Code beyond what you allow is withheld.'
        )}
      </p>
      <fieldset className="wove-Fieldset">
        <legend>{trans.__('What do learners get?')}</legend>
        {LEVELS.map(level => (
          <label key={level} className="wove-Choice">
            <input
              type="radio"
              name="level"
              checked={value.level === level}
              onChange={() => change({ level })}
            />
            {levelWord(trans, level)}
          </label>
        ))}
      </fieldset>
      <Field label={trans.__('Until')} hint={trans.__('Afterwards models tell everything.')}>
        {ids => (
          <input
            {...ids}
            className="jp-mod-styled"
            type="datetime-local"
            required
            value={value.until}
            onChange={event => change({ until: event.target.value })}
          />
        )}
      </Field>
      <Field
        label={trans.__('Models that may be asked (optional)')}
        hint={trans.__('Their names, with commas between them; all where you name none.')}
      >
        {ids => (
          <input
            {...ids}
            className="jp-mod-styled"
            value={value.routes}
            onChange={event => change({ routes: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}
