/** People, as small pictures. */
import React from 'react';

/** How many collaborator colours a JupyterLab theme has. */
const COLOURS = 7;

/** The first letters of the first and the last word of a name. */
export function initials(name: string): string {
  const words = name.split(/[\s._@-]+/).filter(Boolean);
  const ends = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return ends.map(word => [...(word ?? '')][0]?.toLocaleUpperCase() ?? '').join('') || '?';
}

/** The number of the colour that a name always has, from 1. */
export function colour(name: string): number {
  const sum = [...name].reduce((hash, sign) => (hash * 31 + (sign.codePointAt(0) ?? 0)) | 0, 7);
  return (Math.abs(sum) % COLOURS) + 1;
}

interface AvatarProps {
  readonly name: string;
  /** The colour that they have elsewhere on the page, as of their cursor. */
  readonly hue?: string;
}

/** A person's initials on their own colour; the name is the tooltip and the label. */
export function Avatar({ name, hue }: AvatarProps): JSX.Element {
  const backgroundColor = hue || `var(--jp-collaborator-color${colour(name)})`;
  return (
    <span
      className="wove-Avatar"
      role="img"
      aria-label={name}
      title={name}
      style={{ backgroundColor }}
    >
      {initials(name)}
    </span>
  );
}
