/** Says to those who learn what the tutor may tell them: where they write, and above answers. */
import type { TranslationBundle } from '@jupyterlab/translation';
import { useQuery } from '@tanstack/react-query';
import React from 'react';

import { tutorAround } from '../tutoring/queries';
import { bindingSentence } from '../tutoring/words';
import { useWove } from '../ui';
import { ModePicker } from './mode-picker';
import type { Sight } from './sight';
import { useSight } from './use-sight';
import { tutorOf } from './words';

interface ModeOrTutorProps {
  readonly sight: Sight;
}

/** How much agents may do; where a teacher has a say, what that is. */
export function ModeOrTutor({ sight }: ModeOrTutorProps): JSX.Element {
  const { api, trans } = useWove();
  const notebook = useSight(sight, () => sight.focus?.notebook ?? '');
  const { data } = useQuery({ ...tutorAround(api, notebook), enabled: notebook !== '' });
  return data?.binding ? (
    <span className="wove-Tutor" role="status">
      {bindingSentence(trans, data.binding)}
    </span>
  ) : (
    <ModePicker trans={trans} sight={sight} />
  );
}

interface TutorLineProps {
  readonly trans: TranslationBundle;
  readonly metadata: Record<string, unknown> | undefined;
}

/** What held when an answer was given. */
export function TutorLine({ trans, metadata }: TutorLineProps): JSX.Element | null {
  const binding = tutorOf(metadata);
  return binding && <p className="wove-Tutor">{bindingSentence(trans, binding)}</p>;
}
