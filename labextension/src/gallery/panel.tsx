/** Draws the panel *Explore*: a search box, and the gallery while nothing is searched for. */
import { refreshIcon } from '@jupyterlab/ui-components';
import type { RefObject } from 'react';
import React, { useCallback, useEffect, useId, useRef, useState } from 'react';
import { useStore } from 'zustand';

import { Box } from '../search/box';
import { useCode } from '../search/code-model';
import { fits } from '../search/completing';
import { Found } from '../search/found';
import { FoundCode } from '../search/found-code';
import { useRested, useResults } from '../search/model';
import { wayTo } from '../search/open-hit';
import { Scope } from '../search/scope';
import { Examples } from '../search/start';
import { Panel, useTrans, useWove } from '../ui';
import type { Filters, FiltersStore } from './filters';
import { Gallery } from './gallery';

export default function Explore({ store }: { readonly store: FiltersStore }): JSX.Element {
  const { queries } = useWove();
  const trans = useTrans();
  const filters = useStore(store);
  const change = useCallback((part: Partial<Filters>) => store.setState(part), [store]);
  const refresh = (): void => {
    void queries.invalidateQueries({ queryKey: [filters.words ? 'search' : 'gallery'] });
  };
  return (
    <Panel
      title={trans.__('Explore')}
      tools={[{ icon: refreshIcon, label: trans.__('Refresh'), onClick: refresh }]}
    >
      <Search filters={filters} change={change} />
    </Panel>
  );
}

interface SearchProps {
  readonly filters: Filters;
  readonly change: (change: Partial<Filters>) => void;
}

function Search({ filters, change }: SearchProps): JSX.Element {
  const { commands } = useWove();
  const list = useId();
  const code = useRef<HTMLDivElement>(null);
  const [active, onActive] = useState(-1);
  const { words, where, personal, regex, capitals } = filters;
  const rested = useRested(words.trim());
  const results = useResults({ words: rested, where, personal });
  const lines = useCode({ words: rested, where, regex, capitals });
  useEffect(() => onActive(-1), [words, where]);
  const hits = (rested && where !== 'code' && results.data?.hits) || [];
  const onOpen = (at: number): void => {
    const hit = hits[at];
    if (hit) {
      void commands.execute(...wayTo(hit));
    }
  };
  const isLate = rested !== words.trim() || (where === 'code' ? lines : results).isPlaceholderData;
  return (
    <>
      <Box
        {...{ list, words, active, onActive, onOpen }}
        field={useFocus(filters.asked)}
        count={hits.length}
        onWords={words => change({ words })}
        isOffered={item => fits(filters, item)}
        onLeave={() => code.current?.querySelector('button')?.focus()}
      />
      <Scope asked={filters} change={change} />
      {rested === '' ? (
        <Start filters={filters} change={change} />
      ) : where === 'code' ? (
        <div ref={code}>
          <FoundCode asked={filters} results={lines} {...{ change, isLate }} />
        </div>
      ) : (
        <Found asked={filters} {...{ change, list, results, isLate, active, onOpen }} />
      )}
    </>
  );
}

/** What is there before anything was typed: how to search, and projects to look at. */
function Start({ filters, change }: SearchProps): JSX.Element {
  const browses = filters.where === 'all' || filters.where === 'projects';
  return (
    <>
      <Examples asked={filters} change={change} />
      {browses && <Gallery filters={filters} change={change} />}
    </>
  );
}

/** A field that has the cursor each time that the user asks for it. */
function useFocus(asked: number): RefObject<HTMLInputElement> {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (asked > 0) {
      field.current?.focus();
    }
  }, [asked]);
  return field;
}
