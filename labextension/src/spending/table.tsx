/** What was spent, as a table that is sorted by any of its columns. */
import React, { useState } from 'react';

import type { Spent, UsageReport } from '../api/models';
import { useTrans } from '../ui';
import { dollars } from './model';

type Column = 'name' | 'tries' | 'input' | 'output' | 'dollars';

export function Table({ report }: { readonly report: UsageReport }): JSX.Element {
  const trans = useTrans();
  const [sorted, setSorted] = useState<Column>('dollars');
  const columns: readonly (readonly [Column, string])[] = [
    ['name', trans.__('Name')],
    ['tries', trans.__('Tries')],
    ['input', trans.__('Tokens in')],
    ['output', trans.__('Tokens out')],
    ['dollars', trans.__('Cost')]
  ];
  const rows = [...report.groups].sort((one, other) =>
    sorted === 'name'
      ? one.name.localeCompare(other.name)
      : Number(other.spent[sorted]) - Number(one.spent[sorted])
  );
  return (
    <table className="wove-Usage-table">
      <thead>
        <tr>
          {columns.map(([column, label]) => (
            <th key={column} aria-sort={sortOf(column, sorted)}>
              <button type="button" onClick={() => setSorted(column)}>
                {label}
              </button>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, name, spent }) => (
          <Row key={key} name={name || trans.__('none')} spent={spent} />
        ))}
      </tbody>
      <tfoot>
        <Row name={trans.__('All')} spent={report.total} />
      </tfoot>
    </table>
  );
}

function sortOf(column: Column, sorted: Column): 'ascending' | 'descending' | 'none' {
  if (column !== sorted) {
    return 'none';
  }
  return column === 'name' ? 'ascending' : 'descending';
}

function Row({ name, spent }: { readonly name: string; readonly spent: Spent }): JSX.Element {
  const trans = useTrans();
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{spent.tries.toLocaleString()}</td>
      <td>{spent.input.toLocaleString()}</td>
      <td>{spent.output.toLocaleString()}</td>
      <td>
        {dollars(spent.dollars)}
        {spent.unpriced > 0 && ` + ${trans.__('%1 of unknown price', spent.unpriced)}`}
      </td>
    </tr>
  );
}
