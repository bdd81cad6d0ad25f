/** What is being written, kept in this browser until it was sent. */
import { useState } from 'react';

const BEGINNING = 'wove-comment:';

/** A text that is still there after the page was loaded again. */
export function useDraft(name: string, begunWith = ''): [string, (text: string) => void] {
  const key = BEGINNING + name;
  const [text, setText] = useState(() => read(key) ?? begunWith);
  const write = (next: string): void => {
    setText(next);
    keep(key, next);
  };
  return [text, write];
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // the browser keeps nothing
  }
}

function keep(key: string, text: string): void {
  try {
    if (text === '') {
      localStorage.removeItem(key);
    } else {
      localStorage.setItem(key, text);
    }
  } catch {
    // the browser keeps nothing, or nothing more
  }
}
