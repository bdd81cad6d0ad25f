/** Draws below a cell what people suggest for it. */
import React from 'react';
import { useStore } from 'zustand';

import { Suggested } from './entry';
import type { Review } from './model';
import { byCell } from './model';

export interface BarProps {
  readonly review: Review;
  readonly cell: string;
  /** The cells that the document has now. */
  readonly cells: () => readonly string[];
}

export default function Bar({ review, cell, cells }: BarProps): JSX.Element {
  const entries = useStore(review.seen, seen => seen.entries);
  return (
    <>
      {(byCell(entries, cells()).get(cell) ?? []).map(entry => (
        <Suggested key={entry.key} review={review} entry={entry} />
      ))}
    </>
  );
}
