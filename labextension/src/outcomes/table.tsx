/** What became of the answers of each version, in numbers. */
import React from 'react';

import type { OutcomeSummary, Rate, VersionOutcome } from '../api/models';
import { useTrans } from '../ui';
import { dollars, interval, share, waited } from './words';

export function OutcomeTable({
  versions
}: {
  readonly versions: readonly VersionOutcome[];
}): JSX.Element {
  const trans = useTrans();
  const heads = [
    trans.__('Version'),
    trans.__('Answers'),
    trans.__('Accepted'),
    trans.__('As suggested'),
    trans.__('Ran without error'),
    trans.__('There a day later'),
    trans.__('Time to accept'),
    trans.__('Tokens / accepted'),
    trans.__('Cost / accepted')
  ];
  return (
    <div className="wove-Outcomes-scroll" tabIndex={0} role="region" aria-label={heads[0]}>
      <table className="wove-Outcomes-table">
        <thead>
          <tr>
            {heads.map(head => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{versions.flatMap(each => rows(each, trans.__('yours')))}</tbody>
      </table>
    </div>
  );
}

function rows({ number, all, mine }: VersionOutcome, yours: string): JSX.Element[] {
  return [
    ...(all ? [<Row key={number} name={number} found={all} />] : []),
    ...(mine ? [<Row key={`${number} mine`} name={`${number} · ${yours}`} found={mine} />] : [])
  ];
}

interface RowProps {
  readonly name: string;
  readonly found: OutcomeSummary;
}

function Row({ name, found }: RowProps): JSX.Element {
  const { dollars_per_accepted: cost, tokens_per_accepted: tokens, seconds } = found;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{found.answers}</td>
      {[found.accepted, found.untouched, found.ran, found.lasted].map((rate, at) => (
        <td key={at}>{rate ? <Share rate={rate} /> : '–'}</td>
      ))}
      <td>{seconds === null ? '–' : waited(seconds)}</td>
      <td>{tokens ?? '–'}</td>
      <td>{cost === null ? '–' : `${found.unpriced > 0 ? '≥ ' : ''}${dollars(cost)}`}</td>
    </tr>
  );
}

function Share({ rate }: { readonly rate: Rate }): JSX.Element {
  return (
    <>
      {share(rate)}
      <span className="wove-Quiet wove-Outcomes-interval">{interval(rate)}</span>
    </>
  );
}
