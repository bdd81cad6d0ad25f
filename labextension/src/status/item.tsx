/** Draws the status bar item. */
import React from 'react';
import { useStore } from 'zustand';

import type { Project } from '../api/models';
import { useSavedState } from '../projects/state';
import { versionName } from '../projects/words';
import type { Workplace } from '../projects/workplace';
import { useTrans, useWove } from '../ui';

export default function Item({ place }: { readonly place: Workplace }): JSX.Element | null {
  const project = useStore(place.sight, sight => sight.project);
  return project ? <Status project={project} /> : null;
}

function Status({ project }: { readonly project: Project }): JSX.Element {
  const { commands } = useWove();
  const trans = useTrans();
  const { last, changed } = useSavedState(project);
  const words = [
    project.title,
    last ? versionName(trans, last) : trans.__('no version'),
    changed?.length ? trans._n('%1 change', '%1 changes', changed.length) : trans.__('no changes')
  ].join(' · ');
  return (
    <button
      type="button"
      className="wove-Status"
      title={trans.__('Show the project in the left sidebar')}
      onClick={() => void commands.execute('wove:show-projects')}
    >
      {words}
    </button>
  );
}
