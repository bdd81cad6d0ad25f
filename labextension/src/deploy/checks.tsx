/** Draws whether the notebooks of a project still run, and has them run once to find out. */
import { useQuery } from '@tanstack/react-query';
import React from 'react';

import { unwrap } from '../api/client';
import type { BookRun, Project, ProjectCheck } from '../api/models';
import { may } from '../projects/words';
import { ActionButton, JobProgress, useTrans, useWove } from '../ui';
import { acting } from './acting';
import { Dot } from './dot';
import { checks, jobOf } from './queries';
import { checkWords, short } from './check-words';

/** Milliseconds after which a check that goes on is looked at again. */
const SOON = 2000;

/** On the page of a project that one works on. */
export function Runs({ project }: { readonly project: Project }): JSX.Element {
  const trans = useTrans();
  const wove = useWove();
  const { data } = useQuery({
    ...checks(wove.api, project.id),
    refetchInterval: ({ state }) => (state.data?.[0]?.ended === null ? SOON : false)
  });
  const newest = data?.[0];
  const begin = (): Promise<void> => {
    const params = { path: { project_id: project.id } };
    return acting(wove, trans.__('It was not checked.'), () =>
      unwrap(wove.api.POST('/wove/api/projects/{project_id}/checks', { params, body: {} }))
    );
  };
  const goesOn = newest !== undefined && newest.ended === null;
  return (
    <section aria-label={trans.__('Does it run?')}>
      <h3 className="wove-Heading">{trans.__('Does it run?')}</h3>
      {data && !newest && (
        <p className="wove-Muted">
          {trans.__(
            'Have each notebook run once, in a sandbox, to see whether others can run it.'
          )}
        </p>
      )}
      {newest && !goesOn && <Found check={newest} />}
      {goesOn && <GoesOn check={newest} />}
      {data && may(project, 'editor') && !goesOn && (
        <div className="wove-Actions">
          <ActionButton label={trans.__('Check that it runs')} onClick={() => void begin()} />
        </div>
      )}
    </section>
  );
}

/** On the page of somebody else's project: what is known of the published version, if anything. */
export function RanLast({ projectId }: { readonly projectId: string }): JSX.Element | null {
  const { api } = useWove();
  const { data } = useQuery({ ...checks(api, projectId), retry: false });
  const known = data?.find(({ state }) => state === 'clean' || state === 'failed');
  return known ? <Found check={known} /> : null;
}

interface CheckProps {
  readonly check: ProjectCheck;
}

function GoesOn({ check }: CheckProps): JSX.Element {
  const trans = useTrans();
  const { api } = useWove();
  const { data: job } = useQuery({ ...jobOf(api, check.job_id), retry: false });
  return job ? (
    <JobProgress job={job} onDone={() => undefined} />
  ) : (
    <Dot word={trans.__('Its notebooks are being run')} tone="busy" />
  );
}

function Found({ check }: CheckProps): JSX.Element {
  const trans = useTrans();
  const [words, tone] = checkWords(trans, check);
  const told = check.books.filter(({ outcome }) => outcome !== 'clean');
  return (
    <div className="wove-Found" role="status">
      <Dot word={words} tone={tone} />
      {check.reason && <p className="wove-Found-reason">{check.reason}</p>}
      {told.length > 0 && (
        <ul className="wove-Found-books">
          {told.map(book => (
            <Book key={book.path} book={book} />
          ))}
        </ul>
      )}
      <p className="wove-Quiet">{trans.__('Version %1', short(check.version))}</p>
    </div>
  );
}

function Book({ book }: { readonly book: BookRun }): JSX.Element {
  const trans = useTrans();
  return (
    <li>
      <code>{book.path}</code>
      {book.cell !== null && ` · ${trans.__('code cell %1', book.cell)}`}
      <p className="wove-Found-reason">{book.reason}</p>
      {book.traceback && (
        <details className="wove-Details">
          <summary>{trans.__('Traceback')}</summary>
          <pre className="wove-Failure-traceback" tabIndex={0} aria-label={trans.__('Traceback')}>
            {book.traceback}
          </pre>
        </details>
      )}
    </li>
  );
}
