/** Moments, said the way people say them. */
import React, { useEffect, useState } from 'react';

const MINUTE = 60_000;

const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * 24 * 60 * MINUTE],
  ['month', 30 * 24 * 60 * MINUTE],
  ['week', 7 * 24 * 60 * MINUTE],
  ['day', 24 * 60 * MINUTE],
  ['hour', 60 * MINUTE],
  ['minute', MINUTE]
];

/** Say how far a moment is from now: "3 hours ago", "now". */
export function relative(moment: Date, now: Date, language?: string): string {
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const distance = moment.getTime() - now.getTime();
  const [unit, size] = STEPS.find(([, size]) => Math.abs(distance) >= size) ?? [
    'second',
    Infinity
  ];
  return format.format(Math.trunc(distance / size), unit);
}

/** A moment as a distance from now, kept up to date; the tooltip has the exact time. */
export function RelativeTime({ iso }: { readonly iso: string }): JSX.Element {
  const now = useNow(MINUTE);
  const moment = new Date(iso);
  return (
    <time dateTime={iso} title={moment.toLocaleString()}>
      {relative(moment, now)}
    </time>
  );
}

function useNow(every: number): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}
