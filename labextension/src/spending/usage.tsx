/** What models have cost: budgets, a plot of the days, and a table. */
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { refreshIcon } from '@jupyterlab/ui-components';
import React, { useState } from 'react';

import type { BudgetLeft, UsageReport } from '../api/models';
import { useMe } from '../account/model';
import {
  ActionButton,
  Busy,
  EmptyState,
  ErrorState,
  Panel,
  useTrans,
  useWove,
  woveIcon
} from '../ui';
import { csv, dollars, lastDays, pressure, useUsage, type GroupBy, type Whose } from './model';
import { Plot } from './plot';
import { Table } from './table';

const SPANS = [1, 7, 30, 90];

export default function Usage({
  rendermime
}: {
  readonly rendermime: IRenderMimeRegistry;
}): JSX.Element {
  const { queries, trans } = useWove();
  const [days, setDays] = useState(30);
  const [groupBy, setGroupBy] = useState<GroupBy>('model');
  const [whose, setWhose] = useState<Whose>('mine');
  const { data: me } = useMe();
  const span = lastDays(days);
  const byDay = useUsage('day', span, whose);
  const grouped = useUsage(groupBy, span, whose);
  const look = (at: Whose): void => {
    setWhose(at);
    setGroupBy(at === 'mine' ? 'model' : 'person');
  };
  const refresh = (): void => void queries.invalidateQueries({ queryKey: ['usage'] });
  return (
    <Panel
      title={trans.__('What models have cost')}
      tools={[{ icon: refreshIcon, label: trans.__('Refresh'), onClick: refresh }]}
    >
      <div className="wove-Usage">
        <div className="wove-Usage-choices">
          {me?.scopes.includes('ai:admin') && (
            <Choice
              label={trans.__('Whom')}
              value={whose}
              options={[
                ['mine', trans.__('me')],
                ['everybody', trans.__('everybody')]
              ]}
              onChange={value => look(value as Whose)}
            />
          )}
          <Choice
            label={trans.__('Days')}
            value={String(days)}
            options={SPANS.map(each => [String(each), trans._n('today', 'last %1 days', each)])}
            onChange={value => setDays(Number(value))}
          />
          <Choice
            label={trans.__('By')}
            value={groupBy}
            options={[
              ['model', trans.__('model')],
              ['purpose', trans.__('purpose')],
              ['project', trans.__('project')],
              ['day', trans.__('day')],
              ...(whose === 'everybody' ? [['person', trans.__('person')] as const] : [])
            ]}
            onChange={value => setGroupBy(value as GroupBy)}
          />
        </div>
        {grouped.error && <ErrorState problem={grouped.error} onRetry={refresh} />}
        {!grouped.data && !grouped.error && <Busy />}
        {grouped.data && (
          <Report report={grouped.data} days={byDay.data} rendermime={rendermime} />
        )}
      </div>
    </Panel>
  );
}

interface ReportProps {
  readonly report: UsageReport;
  readonly days: UsageReport | undefined;
  readonly rendermime: IRenderMimeRegistry;
}

function Report({ report, days, rendermime }: ReportProps): JSX.Element {
  const trans = useTrans();
  const budgets = report.budgets.map(each => (
    <Budget key={[each.of, each.every, ...each.projects].join(' ')} budget={each} />
  ));
  if (report.total.tries === 0) {
    return (
      <>
        {budgets}
        <EmptyState
          icon={woveIcon}
          title={trans.__('No model was asked in these days')}
          hint={trans.__(
            'Ask one in a chat, at a cell, or by %wove ask. What it costs is added up here.'
          )}
        />
      </>
    );
  }
  return (
    <>
      {budgets}
      {days && Number(days.total.dollars) > 0 && <Plot rendermime={rendermime} report={days} />}
      <Table report={report} />
      <ActionButton label={trans.__('Download as CSV')} onClick={() => download(report)} />
    </>
  );
}

function Budget({ budget }: { readonly budget: BudgetLeft }): JSX.Element {
  const trans = useTrans();
  const whose = {
    person: trans.__('Yours'),
    project: trans.__('Of the project'),
    course: trans.__('Of the course with %1', budget.projects.join(', ')),
    everybody: trans.__('Of everybody')
  }[budget.of];
  const when = budget.every === 'day' ? trans.__('a day') : trans.__('a month');
  const isSpent = pressure(budget) === 'spent';
  return (
    <div className="wove-Usage-budget" data-pressure={pressure(budget)}>
      <span>
        {trans.__('%1: %2 of %3 %4', whose, dollars(budget.spent), dollars(budget.dollars), when)}
      </span>
      <progress max={Number(budget.dollars)} value={Number(budget.spent)} aria-label={whose} />
      {isSpent && (
        <p>
          {trans.__(
            'It is spent: models that cost money answer again from %1. Your administrator can raise it.',
            new Date(budget.begins_anew).toLocaleString()
          )}
        </p>
      )}
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [string, string])[];
  readonly onChange: (value: string) => void;
}

function Choice({ label, value, options, onChange }: ChoiceProps): JSX.Element {
  return (
    <label>
      {label}
      <select
        className="jp-mod-styled"
        aria-label={label}
        value={value}
        onChange={event => onChange(event.target.value)}
      >
        {options.map(([each, words]) => (
          <option key={each} value={each}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

function download(report: UsageReport): void {
  const url = URL.createObjectURL(new Blob([csv(report)], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `usage-${report.since}-${report.until}.csv`;
  link.click();
  URL.revokeObjectURL(url);
}
