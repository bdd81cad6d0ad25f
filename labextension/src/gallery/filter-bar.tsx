/** Puts the gallery in an order, and narrows it to a tag or a level. */
import { HTMLSelect, InputGroup } from '@jupyterlab/ui-components';
import React, { useEffect, useId, useState } from 'react';

import type { Level, Order } from '../api/models';
import { useTrans } from '../ui';
import { useLevels } from './card';
import type { Filters } from './filters';

interface FilterBarProps {
  readonly filters: Filters;
  readonly change: (change: Partial<Filters>) => void;
  /** Tags to propose. */
  readonly tags: readonly string[];
}

/** The order and the filters of the gallery. */
export function FilterBar(props: FilterBarProps): JSX.Element {
  return (
    <div className="wove-Filters">
      <Orders {...props} />
      <div className="wove-Filters-row">
        <TagField {...props} />
        <Levels {...props} />
      </div>
    </div>
  );
}

function Orders({ filters, change }: FilterBarProps): JSX.Element {
  const trans = useTrans();
  const orders: [Order, string][] = [
    ['trending', trans.__('Trending')],
    ['new', trans.__('New')],
    ['most-remixed', trans.__('Most remixed')]
  ];
  return (
    <div className="wove-Orders" role="group" aria-label={trans.__('Order')}>
      {orders.map(([order, label]) => (
        <button
          key={order}
          type="button"
          className="wove-Order"
          aria-pressed={filters.order === order}
          onClick={() => change({ order })}
        >
          {label}
        </button>
      ))}
    </div>
  );
}

/** Milliseconds without a new letter after which a tag is taken as written. */
const REST = 400;

function TagField({ filters, change, tags }: FilterBarProps): JSX.Element {
  const trans = useTrans();
  const list = useId();
  const [tag, setTag] = useState(filters.tag);
  // A label of a card may choose it too; the field stays the same, for who types has the cursor in it.
  useEffect(() => setTag(filters.tag), [filters.tag]);
  useEffect(() => {
    const wanted = tag.trim().replace(/^#/, '');
    const timer = setTimeout(() => wanted !== filters.tag && change({ tag: wanted }), REST);
    return () => clearTimeout(timer);
  }, [tag, filters.tag, change]);
  return (
    <>
      <InputGroup
        type="search"
        list={list}
        aria-label={trans.__('Only with the tag')}
        placeholder={trans.__('Any tag')}
        value={tag}
        maxLength={40}
        onChange={event => setTag(event.target.value)}
      />
      <datalist id={list}>
        {tags.map(each => (
          <option key={each} value={each} />
        ))}
      </datalist>
    </>
  );
}

function Levels({ filters, change }: FilterBarProps): JSX.Element {
  const trans = useTrans();
  const levels = Object.entries(useLevels());
  return (
    <HTMLSelect
      aria-label={trans.__('Only of the level')}
      value={filters.level}
      onChange={event => change({ level: event.target.value as Level | '' })}
    >
      <option value="">{trans.__('Any level')}</option>
      {levels.map(([level, label]) => (
        <option key={level} value={level}>
          {label}
        </option>
      ))}
    </HTMLSelect>
  );
}
