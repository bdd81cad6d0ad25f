/** Changes to what a project's page says; nobody's words are overwritten unseen. */
import { useRef, useState } from 'react';

import { unwrap } from '../api/client';
import type { Project, ProjectChange } from '../api/models';
import { ProblemError } from '../api/problem';
import type { IWove } from '../tokens';
import { useTrans, useWove } from '../ui';
import { refreshAll } from './queries';

/** What is in the fields. */
export interface Words {
  readonly title: string;
  readonly description: string;
  readonly tags: string;
  readonly licence: string;
  readonly level: Project['level'];
}

export function wordsOf({ title, description, tags, licence, level }: Project): Words {
  return { title, description, tags: tags.join(', '), licence, level };
}

/** What differs from the words that the editing began with; the rest is left to others. */
export function changeOf(before: Words, after: Words): ProjectChange {
  const differs = (field: keyof Words): boolean => before[field] !== after[field];
  return {
    ...(differs('title') && { title: after.title.trim() }),
    ...(differs('description') && { description: after.description }),
    ...(differs('tags') && { tags: tagsOf(after.tags) }),
    ...(differs('licence') && { licence: after.licence.trim() }),
    ...(differs('level') && { level: after.level })
  };
}

/** Each tag once, without the sign that some put before them. */
function tagsOf(text: string): string[] {
  const tags = text.split(',').map(tag => tag.trim().replace(/^#/, ''));
  return [...new Set(tags.filter(Boolean))];
}

interface Editing {
  /** Why it was not saved, and what to do. */
  readonly problem: string;
  /** What others wrote since the editing began, where that came to light. */
  readonly theirs: ProjectChange;
  readonly saving: boolean;
  readonly save: (words: Words) => Promise<void>;
}

/** Save words with the revision that they were written for. */
export function useEditing(project: Project, onSaved: () => void): Editing {
  const wove = useWove();
  const trans = useTrans();
  const began = useRef(wordsOf(project));
  const [problem, setProblem] = useState('');
  const [crossed, setCrossed] = useState(false);
  const [saving, setSaving] = useState(false);
  const save = async (words: Words): Promise<void> => {
    setSaving(true);
    try {
      await send(wove, project, changeOf(began.current, words));
      onSaved();
    } catch (error) {
      const refused = ProblemError.of(error);
      setCrossed(refused.status === 412);
      setProblem(refused.status === 412 ? changedMeanwhile(trans) : refused.message);
      setSaving(false);
    }
    // After a refusal too: the page then shows what others wrote, and the next try is for that.
    await refreshAll(wove.queries);
  };
  const theirs = crossed ? changeOf(began.current, wordsOf(project)) : {};
  return { problem, theirs, saving, save };
}

async function send(
  { api }: IWove,
  { id, revision }: Project,
  body: ProjectChange
): Promise<void> {
  await unwrap(
    api.PATCH('/wove/api/projects/{project_id}', {
      params: { path: { project_id: id }, header: { 'If-Match': `"${revision}"` } },
      body
    })
  );
}

function changedMeanwhile(trans: IWove['trans']): string {
  return trans.__(
    'Somebody changed the project meanwhile. Your words are still here: save again to put them in.'
  );
}
