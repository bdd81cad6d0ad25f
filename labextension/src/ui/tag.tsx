/** Small labels: a word, or who can see a thing. */
import type { LabIcon } from '@jupyterlab/ui-components';
import { linkIcon, lockIcon, usersIcon } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReactNode } from 'react';
import React from 'react';

import { useTrans } from './context';

export type Visibility = 'private' | 'unlisted' | 'public';

interface TagProps {
  readonly children: ReactNode;
  /** Makes the tag a button, such as one that searches for it. */
  readonly onClick?: () => void;
}

/** A word about a thing. */
export function Tag({ children, onClick }: TagProps): JSX.Element {
  return onClick ? (
    <button type="button" className="wove-Tag wove-mod-action" onClick={onClick}>
      {children}
    </button>
  ) : (
    <span className="wove-Tag">{children}</span>
  );
}

const ICONS: Record<Visibility, LabIcon> = {
  private: lockIcon,
  unlisted: linkIcon,
  public: usersIcon
};

/** Who can see a project. */
export function VisibilityBadge({ visibility }: { readonly visibility: Visibility }): JSX.Element {
  const [label, meaning] = words(useTrans(), visibility);
  const icon = ICONS[visibility];
  return (
    <span className="wove-Tag" title={meaning}>
      <icon.react tag="span" className="wove-Tag-icon" aria-hidden="true" />
      {label}
    </span>
  );
}

function words(trans: TranslationBundle, visibility: Visibility): [string, string] {
  switch (visibility) {
    case 'private':
      return [trans.__('Private'), trans.__('Only its members can see it.')];
    case 'unlisted':
      return [trans.__('Unlisted'), trans.__('Everyone with the link can see it.')];
    case 'public':
      return [trans.__('Public'), trans.__('Everyone can see and find it.')];
  }
}
