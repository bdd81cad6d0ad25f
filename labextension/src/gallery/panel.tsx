/** Draws the panel *Explore*: a search box, and the gallery while nothing is searched for. */
import { refreshIcon } from '@jupyterlab/ui-components';
import type { RefObject } from 'react';
import React, { useCallback, useEffect, useId, useRef, useState } from 'react';
import { useStore } from 'zustand';

import { Box } from '../search/box';
import { useHits, useRested } from '../search/model';
import { wayTo } from '../search/open-hit';
import { Found } from '../search/found';
import { Panel, useTrans, useWove } from '../ui';
import type { Filters, FiltersStore } from './filters';
import { Gallery } from './gallery';

export default function Explore({ store }: { readonly store: FiltersStore }): JSX.Element {
  const { commands, queries } = useWove();
  const trans = useTrans();
  const filters = useStore(store);
  const change = useCallback((part: Partial<Filters>) => store.setState(part), [store]);
  const list = useId();
  const words = useRested(filters.words.trim());
  const hits = useHits(words);
  const [active, setActive] = useState(-1);
  const shown = (words && hits.data) || [];
  const open = (at: number): void => {
    const hit = shown[at];
    if (hit) {
      void commands.execute(...wayTo(hit));
    }
  };
  const refresh = (): void => {
    void queries.invalidateQueries({ queryKey: [words ? 'search' : 'gallery'] });
  };
  const search = (words: string): void => {
    setActive(-1);
    change({ words });
  };
  return (
    <Panel
      title={trans.__('Explore')}
      tools={[{ icon: refreshIcon, label: trans.__('Refresh'), onClick: refresh }]}
    >
      <Box
        {...{ list, active }}
        field={useFocus(filters.asked)}
        words={filters.words}
        count={shown.length}
        onWords={search}
        onActive={setActive}
        onOpen={open}
      />
      {words ? (
        <Found {...{ list, hits, active, words }} onOpen={open} />
      ) : (
        <Gallery filters={filters} change={change} />
      )}
    </Panel>
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
