/** Draws, on the page of a project, what models may tell those who learn with it. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import React from 'react';

import type { Project, Tutored, TutorPolicy } from '../api/models';
import { may } from '../projects/words';
import type { IWove } from '../tokens';
import { ActionButton, notifyProblem, useTrans, useWove } from '../ui';
import { ask } from '../ui/form';
import { TutorFields } from './fields';
import { liftTutor, setTutor, tutorOf } from './queries';
import type { Wanted } from './words';
import { bindingSentence, levelWord, momentOf, namesOf, wantedOf } from './words';

interface SectionProps {
  readonly project: Project;
}

export function TutorSection({ project }: SectionProps): JSX.Element | null {
  const trans = useTrans();
  const { data } = useQuery({
    ...tutorOf(useWove().api, project.id),
    enabled: project.role !== null
  });
  const teaches = may(project, 'owner');
  if (!data || !(teaches || data.binding || data.policy)) {
    return null;
  }
  return (
    <section className="wove-TutorSection" aria-label={trans.__('Tutor')}>
      <h3 className="wove-Heading">{trans.__('Tutor')}</h3>
      {data.binding && <p>{bindingSentence(trans, data.binding)}.</p>}
      {(teaches || data.policy) && <Said policy={data.policy} />}
      {teaches && <Actions project={project} tutored={data} />}
    </section>
  );
}

function Said({ policy }: { readonly policy: TutorPolicy | null }): JSX.Element {
  const trans = useTrans();
  if (policy === null || isOver(policy)) {
    return (
      <p className="wove-Muted">
        {trans.__('Models help whoever works on it, or on a remix of it, with everything.')}
      </p>
    );
  }
  return (
    <>
      <p>
        {trans.__('Learners get: %1.', levelWord(trans, policy.level))}{' '}
        {trans.__('Until %1.', momentOf(policy.until))}
      </p>
      {policy.routes.length > 0 && (
        <p>{trans.__('They may ask: %1.', policy.routes.join(', '))}</p>
      )}
    </>
  );
}

interface ActionsProps extends SectionProps {
  readonly tutored: Tutored;
}

function Actions({ project, tutored: { policy } }: ActionsProps): JSX.Element {
  const wove = useWove();
  const trans = useTrans();
  const queries = useQueryClient();
  const { queryKey } = tutorOf(wove.api, project.id);
  const holds = policy !== null && !isOver(policy);
  const set = async (): Promise<void> => {
    const done = await askFor(wove, project, policy);
    if (done) {
      queries.setQueryData(queryKey, done);
    }
  };
  const lift = async (): Promise<void> => {
    try {
      await liftTutor(wove.api, project.id);
    } catch (problem) {
      notifyProblem(trans, trans.__('The tutor stays as it was.'), problem);
    }
    await queries.invalidateQueries({ queryKey });
  };
  return (
    <div className="wove-Actions">
      <ActionButton
        label={holds ? trans.__('Change…') : trans.__('Limit what models tell…')}
        onClick={() => void set()}
      />
      {holds && <ActionButton label={trans.__('Lift')} onClick={() => void lift()} />}
    </div>
  );
}

function askFor(
  wove: IWove,
  project: Project,
  policy: TutorPolicy | null
): Promise<Tutored | null> {
  return ask<Wanted, Tutored>(wove, {
    title: wove.trans.__('What models tell those who learn with %1', project.title),
    accept: wove.trans.__('Set'),
    initial: wantedOf(policy, new Date()),
    fields: draft => <TutorFields {...draft} />,
    send: ({ level, until, routes }) =>
      setTutor(wove.api, project.id, {
        level,
        until: new Date(until).toISOString(),
        routes: namesOf(routes)
      })
  });
}

function isOver({ until }: TutorPolicy): boolean {
  return new Date(until).getTime() <= Date.now();
}
