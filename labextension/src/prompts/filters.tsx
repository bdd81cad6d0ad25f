/** Draws what narrows the list of prompts: words, what comes out, whose; and what was pressed. */
import React from 'react';

import { Tag, useTrans } from '../ui';
import { OUTPUTS, type Wanted } from './model';

export interface FiltersProps {
  readonly wanted: Wanted;
  readonly onChange: (wanted: Wanted) => void;
}

export function Filters({ wanted, onChange }: FiltersProps): JSX.Element {
  const trans = useTrans();
  return (
    <div className="wove-Filters wove-Prompts">
      <input
        type="search"
        className="jp-mod-styled"
        value={wanted.words}
        placeholder={trans.__('Words, use case, library')}
        aria-label={trans.__('Search prompts')}
        onChange={event => onChange({ ...wanted, words: event.target.value })}
      />
      <div className="wove-Filters-row">
        <select
          className="jp-mod-styled"
          value={wanted.whose}
          aria-label={trans.__('Whose')}
          onChange={event => onChange({ ...wanted, whose: event.target.value as Wanted['whose'] })}
        >
          <option value="all">{trans.__('All')}</option>
          <option value="mine">{trans.__('Mine')}</option>
        </select>
        <select
          className="jp-mod-styled"
          value={wanted.output}
          aria-label={trans.__('What comes out')}
          onChange={event =>
            onChange({ ...wanted, output: event.target.value as Wanted['output'] })
          }
        >
          <option value="">{trans.__('Any answer')}</option>
          {OUTPUTS.map(each => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </select>
        <select
          className="jp-mod-styled"
          value={wanted.order}
          aria-label={trans.__('Order')}
          onChange={event => onChange({ ...wanted, order: event.target.value as Wanted['order'] })}
        >
          <option value="votes">{trans.__('Most votes')}</option>
          <option value="new">{trans.__('Newest')}</option>
        </select>
      </div>
      <Pressed wanted={wanted} onChange={onChange} />
    </div>
  );
}

/** The use case and the library that were pressed on a card; pressed again, they go. */
function Pressed({ wanted, onChange }: FiltersProps): JSX.Element | null {
  const trans = useTrans();
  const pressed = (['useCase', 'stack'] as const).filter(each => wanted[each] !== '');
  return pressed.length === 0 ? null : (
    <div className="wove-Labels">
      {pressed.map(each => (
        <Tag key={each} onClick={() => onChange({ ...wanted, [each]: '' })}>
          {trans.__('Only %1 ×', wanted[each])}
        </Tag>
      ))}
    </div>
  );
}
