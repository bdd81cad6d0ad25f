/** The one field in which people look for things. */
import { InputGroup } from '@jupyterlab/ui-components';
import type { KeyboardEvent } from 'react';
import React, { useEffect, useRef, useState } from 'react';

interface SearchBoxProps {
  readonly label: string;
  readonly placeholder?: string;
  readonly initial?: string;
  /** Told the words once the user rests for a moment, presses Enter or clears the field. */
  readonly onSearch: (words: string) => void;
}

const REST = 250;

/** A search field that asks when the user pauses. */
export function SearchBox(props: SearchBoxProps): JSX.Element {
  const [words, setWords] = useState(props.initial ?? '');
  const search = useSearch(words, props.onSearch);
  const onKeyDown = ({ key }: KeyboardEvent): void => {
    if (key === 'Enter') {
      search(words);
    } else if (key === 'Escape') {
      setWords('');
    }
  };
  return (
    <InputGroup
      type="search"
      className="wove-SearchBox"
      aria-label={props.label}
      placeholder={props.placeholder}
      rightIcon="ui-components:search"
      value={words}
      onChange={event => setWords(event.target.value)}
      onKeyDown={onKeyDown}
    />
  );
}

/** Report the words after a rest, and give a way to report them at once; each only once. */
function useSearch(words: string, report: (words: string) => void): (words: string) => void {
  const reported = useRef(words);
  const search = (wanted: string): void => {
    if (wanted !== reported.current) {
      reported.current = wanted;
      report(wanted);
    }
  };
  const latest = useRef(search);
  latest.current = search;
  useEffect(() => {
    const timer = setTimeout(() => latest.current(words), words ? REST : 0);
    return () => clearTimeout(timer);
  }, [words]);
  return search;
}
