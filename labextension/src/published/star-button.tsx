/** The star that people put on a project they like. */
import React from 'react';

import type { Card } from '../api/models';
import { starIcon, useTrans } from '../ui';
import { useStar } from './model';

/** How many people starred a project; a click adds or takes back the user's own star. */
export function StarButton({ card }: { readonly card: Card }): JSX.Element {
  const trans = useTrans();
  const { mutate } = useStar(card.project.id);
  return (
    <button
      type="button"
      className="wove-Star"
      aria-pressed={card.starred}
      title={card.starred ? trans.__('Take your star back') : trans.__('Star this project')}
      onClick={() => mutate(!card.starred)}
    >
      <starIcon.react tag="span" className="wove-Facts-icon" aria-hidden="true" />
      {trans._n('%1 star', '%1 stars', card.stars)}
    </button>
  );
}
