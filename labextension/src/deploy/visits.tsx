/** Draws how often an app was visited lately, and how often it failed. */
import type { JSONObject } from '@lumino/coreutils';
import { useQuery } from '@tanstack/react-query';
import type { TranslationBundle } from '@jupyterlab/translation';
import React, { useMemo } from 'react';

import type { DeployedApp, Plot, Visits as Visited } from '../api/models';
import { canPlot, PlotView } from '../outcomes/plot';
import { Busy, ErrorState, useTrans, useWove } from '../ui';
import { visits } from './queries';
import type { Ways } from './ways';

type Minute = Visited['minutes'][number];

/** Milliseconds between two looks. */
const AGAIN = 30_000;
/** Milliseconds that the plot shows at least, so that a minute stays a thin bar. */
const SPAN = 30 * 60_000;
/** Rows of the table: the newest minutes. */
const ROWS = 60;

interface VisitsProps {
  readonly app: DeployedApp;
  readonly ways: Ways;
}

export function Visits({ app, ways }: VisitsProps): JSX.Element {
  const trans = useTrans();
  const asked = visits(useWove().api, app.id);
  const { data, error, refetch } = useQuery({ ...asked, refetchInterval: AGAIN });
  return (
    <section>
      <h3 className="wove-Heading">{trans.__('Visits')}</h3>
      {error && <ErrorState problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Busy />}
      {data?.minutes.length === 0 && (
        <p className="wove-Muted">
          {trans.__('Nobody came lately. Requests and errors are counted here by the minute.')}
        </p>
      )}
      {data && data.minutes.length > 0 && <Counted minutes={data.minutes} ways={ways} />}
    </section>
  );
}

interface CountedProps {
  readonly minutes: readonly Minute[];
  readonly ways: Ways;
}

function Counted({ minutes, ways }: CountedProps): JSX.Element {
  const trans = useTrans();
  const { requests, errors } = total(minutes);
  const plot = useMemo(
    () => ({
      title: trans.__('Requests by the minute'),
      // The contract cannot say what a description for Vega is.
      spec: spec(minutes, trans) as Plot['spec']
    }),
    [minutes, trans]
  );
  return (
    <>
      <p>
        {trans._n('%1 request', '%1 requests', requests)},{' '}
        {trans._n('%1 error', '%1 errors', errors)}
      </p>
      {canPlot(ways.rendermime) && <PlotView rendermime={ways.rendermime} plot={plot} />}
      <details className="wove-Details">
        <summary>{trans.__('As a table')}</summary>
        <Table minutes={minutes.slice(-ROWS).reverse()} />
      </details>
    </>
  );
}

function Table({ minutes }: { readonly minutes: readonly Minute[] }): JSX.Element {
  const trans = useTrans();
  return (
    <table className="wove-Outcomes-table">
      <thead>
        <tr>
          <th scope="col">{trans.__('Minute')}</th>
          <th scope="col">{trans.__('Requests')}</th>
          <th scope="col">{trans.__('Errors')}</th>
          <th scope="col">{trans.__('95 of 100 within')}</th>
        </tr>
      </thead>
      <tbody>
        {minutes.map(({ at, requests, errors, p95 }) => (
          <tr key={at}>
            <th scope="row">{new Date(at).toLocaleTimeString()}</th>
            <td>{requests}</td>
            <td>{errors}</td>
            <td>{`${Math.round(p95)} ms`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Add up minutes. */
export function total(minutes: readonly Minute[]): { requests: number; errors: number } {
  return minutes.reduce(
    (sum, { requests, errors }) => ({
      requests: sum.requests + requests,
      errors: sum.errors + errors
    }),
    { requests: 0, errors: 0 }
  );
}

/** What Vega draws: a bar for each minute, the part of it that failed in red. */
export function spec(minutes: readonly Minute[], trans: TranslationBundle): JSONObject {
  const well = trans.__('answered');
  const failed = trans.__('failed');
  const values = minutes.flatMap(({ at, requests, errors }) => [
    { at, what: well, count: requests - errors },
    { at, what: failed, count: errors }
  ]);
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v5.json',
    height: 140,
    background: 'transparent',
    data: { values },
    mark: { type: 'bar', tooltip: true },
    encoding: {
      x: {
        field: 'at',
        type: 'temporal',
        timeUnit: 'yearmonthdatehoursminutes',
        title: null,
        scale: { domain: [begin(minutes), new Date().toISOString()] },
        axis: { format: '%H:%M', labelOverlap: true, tickCount: 6 }
      },
      y: { field: 'count', type: 'quantitative', title: null, axis: { tickMinStep: 1 } },
      color: {
        field: 'what',
        type: 'nominal',
        title: null,
        scale: { domain: [well, failed], range: ['#4c8ed9', '#e0524a'] },
        legend: { orient: 'top' }
      },
      order: { field: 'what', sort: 'descending' }
    }
  };
}

/** Where the plot begins: with the first minute, or half an hour ago. */
function begin(minutes: readonly Minute[]): string {
  const first = Date.parse(minutes[0]?.at ?? '') || Infinity;
  return new Date(Math.min(first, Date.now() - SPAN)).toISOString();
}
