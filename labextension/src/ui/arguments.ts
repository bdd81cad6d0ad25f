/** Reads the arguments of commands, which may come from anywhere. */

/** Take what is a text; anything else is none. */
export function text(argument: unknown): string {
  return typeof argument === 'string' ? argument : '';
}

/** Take what is a number; anything else is none. */
export function number(argument: unknown): number | null {
  return typeof argument === 'number' ? argument : null;
}
