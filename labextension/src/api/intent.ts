/** Names what the user means to do, so that the server does it once however often it is sent. */
import { UUID } from '@lumino/coreutils';

/** The `Idempotency-Key` of what is meant: the same when it is sent again, another once it changes. */
export type KeyOf<T> = (meant: T) => string;

/** Make the keys of one intent, such as a form that is open. */
export function createKeys<T extends object>(): KeyOf<T> {
  let key = '';
  let last: T | null = null;
  return meant => {
    key = last && same(last, meant) ? key : UUID.uuid4();
    last = meant;
    return key;
  };
}

/** Compare values by what is in them; what is in those must be the very same. */
function same<T extends object>(one: T, other: T): boolean {
  return (Object.keys(one) as (keyof T)[]).every(name => Object.is(one[name], other[name]));
}
