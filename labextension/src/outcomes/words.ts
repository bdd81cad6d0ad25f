/** Numbers, as people read them. */
import type { Rate } from '../api/models';

const PERCENT = 100;
const MINUTE = 60;
const HOUR = 3600;
const DIGITS = 3;

/** "72 % (18 of 25)" */
export function share({ share: part, count, of }: Rate): string {
  return `${Math.round(PERCENT * part)} % (${count} of ${of})`;
}

/** "52–86 %", between which the true share most likely lies. */
export function interval({ low, high }: { readonly low: number; readonly high: number }): string {
  return `${Math.round(PERCENT * low)}–${Math.round(PERCENT * high)} %`;
}

/** "$0.0123": three digits that say something, of an exact decimal. */
export function dollars(exact: string): string {
  const amount = Number(exact);
  return `$${amount === 0 || amount >= 1 ? amount.toFixed(2) : Number(amount.toPrecision(DIGITS)).toString()}`;
}

/** "40 s", "12 min", "3 h" */
export function waited(seconds: number): string {
  if (seconds < MINUTE) {
    return `${Math.round(seconds)} s`;
  }
  return seconds < HOUR
    ? `${Math.round(seconds / MINUTE)} min`
    : `${Math.round(seconds / HOUR)} h`;
}
