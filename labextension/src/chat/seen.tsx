/** Says what a model was shown before it answered. */
import type { TranslationBundle } from '@jupyterlab/translation';
import { PathExt } from '@jupyterlab/coreutils';
import React from 'react';

interface SeenProps {
  readonly trans: TranslationBundle;
  readonly metadata: Record<string, unknown> | undefined;
  /** Draws more about it, below the parts. */
  readonly children?: React.ReactNode;
}

interface Account {
  readonly notebook: string;
  readonly tokens: number;
  readonly parts: readonly (readonly [string, number])[];
  readonly left_out: readonly string[];
}

export function Seen({ trans, metadata, children }: SeenProps): JSX.Element | null {
  const seen = accountOf(metadata);
  if (!seen || seen.parts.length === 0) {
    return null;
  }
  const name = PathExt.basename(seen.notebook);
  return (
    <details className="wove-Seen">
      <summary>
        {trans._n(
          'Saw %1 part of %2 (%3 tokens)',
          'Saw %1 parts of %2 (%3 tokens)',
          seen.parts.length,
          name,
          seen.tokens.toLocaleString()
        )}
      </summary>
      <ul>
        {seen.parts.map(([part, tokens], number) => (
          <li key={number}>{trans.__('%1: %2 tokens', part, tokens.toLocaleString())}</li>
        ))}
      </ul>
      {seen.left_out.length > 0 && <p>{trans.__('Left out: %1', seen.left_out.join('; '))}</p>}
      {children}
    </details>
  );
}

/** Reads the account; null where there is none, or where somebody wrote something else there. */
function accountOf(metadata: Record<string, unknown> | undefined): Account | null {
  const found = (metadata?.wove as { seen?: Partial<Account> } | null | undefined)?.seen;
  const isOne =
    typeof found?.notebook === 'string' &&
    typeof found.tokens === 'number' &&
    isList(found.parts, isPart) &&
    isList(found.left_out, isText);
  return isOne ? (found as Account) : null;
}

function isList(found: unknown, fits: (each: unknown) => boolean): boolean {
  return Array.isArray(found) && found.every(fits);
}

function isPart(found: unknown): boolean {
  return Array.isArray(found) && isText(found[0]) && typeof found[1] === 'number';
}

function isText(found: unknown): boolean {
  return typeof found === 'string';
}
