/** Asks how the project would be deployed, were it of another kind or begun with another file. */
import { useRef, useState } from 'react';

import type { ProposedPlan } from '../api/models';
import { ProblemError } from '../api/problem';
import type { Wish } from './wish';
import { complete, planned } from './wish';
import type { Kind } from './words';

export interface Replan {
  /** What the dialog began with. */
  readonly first: ProposedPlan;
  readonly ask: (kind: Kind, entry: string) => Promise<ProposedPlan>;
}

interface Replanned {
  /** Why there is no such plan; '' where there is one. */
  readonly problem: string;
  readonly busy: boolean;
  /** What is missing here for the plan; '' where nothing is. */
  readonly missing: string;
  /** What a deployment would have to wait for; '' where that is nothing. */
  readonly notice: string;
  readonly ask: (kind: Kind, entry: string) => void;
}

/** Fill in a plan of another kind; what was chosen stays where there is none. */
export function useReplanned(
  { first, ask }: Replan,
  change: (part: Partial<Wish>) => void
): Replanned {
  const [problem, setProblem] = useState('');
  const [missing, setMissing] = useState(first.problem);
  const [notice, setNotice] = useState(first.notice);
  const [busy, setBusy] = useState(false);
  const newest = useRef(0);
  const replan = async (kind: Kind, entry: string): Promise<void> => {
    const turn = ++newest.current;
    setBusy(true);
    try {
      const found = await ask(kind, entry);
      if (turn === newest.current) {
        change(planned(complete(found.plan)));
        setMissing(found.problem);
        setNotice(found.notice);
        setProblem('');
      }
    } catch (error) {
      setProblem(ProblemError.of(error).message);
    } finally {
      setBusy(turn !== newest.current);
    }
  };
  return { problem, busy, missing, notice, ask: (kind, entry) => void replan(kind, entry) };
}
