/** What became of the answers of a prompt: to stand in its page, or alone. */
import { HTMLSelect } from '@jupyterlab/ui-components';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import React, { useState } from 'react';

import type { OutcomeReport, PromptCard } from '../api/models';
import { Busy, EmptyState, ErrorState, useTrans, useWove, woveIcon } from '../ui';
import { ExperimentList } from './experiments';
import { type Days, PERIODS, useOutcomes, usePlots, usePrompt } from './model';
import { canPlot, PlotView } from './plot';
import { OutcomeTable } from './table';

interface OutcomesProps {
  /** The address of the prompt: `owner/name`. */
  readonly name: string;
  readonly rendermime: IRenderMimeRegistry;
}

export function PromptOutcomes({ name, rendermime }: OutcomesProps): JSX.Element {
  const { data: card, error, refetch } = usePrompt(name);
  if (error) {
    return <ErrorState problem={error} onRetry={() => void refetch()} />;
  }
  return card ? <Found card={card} rendermime={rendermime} /> : <Busy />;
}

interface FoundProps {
  readonly card: PromptCard;
  readonly rendermime: IRenderMimeRegistry;
}

function Found({ card, rendermime }: FoundProps): JSX.Element {
  const trans = useTrans();
  const [days, setDays] = useState<Days>(90);
  const { data: report, error, refetch } = useOutcomes(card.id, days);
  return (
    <div className="wove-Outcomes">
      <header className="wove-Outcomes-header">
        <h2>{trans.__('What became of the answers of %1', card.title)}</h2>
        <Period days={days} onChoose={setDays} />
      </header>
      {error && <ErrorState problem={error} onRetry={() => void refetch()} />}
      {!report && !error && <Busy />}
      {report && <Report card={card} report={report} days={days} rendermime={rendermime} />}
      {(card.role === 'owner' || card.role === 'editor') && <ExperimentList card={card} />}
    </div>
  );
}

function Period(props: {
  readonly days: Days;
  readonly onChoose: (days: Days) => void;
}): JSX.Element {
  const trans = useTrans();
  return (
    <HTMLSelect
      aria-label={trans.__('Time')}
      value={props.days}
      onChange={({ target }) => props.onChoose(Number(target.value) as Days)}
    >
      {PERIODS.map(days => (
        <option key={days} value={days}>
          {trans.__('Last %1 days', days)}
        </option>
      ))}
    </HTMLSelect>
  );
}

interface ReportProps extends FoundProps {
  readonly report: OutcomeReport;
  readonly days: Days;
}

function Report({ card, report, days, rendermime }: ReportProps): JSX.Element {
  const trans = useTrans();
  if (report.versions.length === 0) {
    const hint = trans.__(
      'Numbers are shown once %1 people have used this prompt in a chat; your own at once.',
      report.people
    );
    return <EmptyState icon={woveIcon} title={trans.__('Nothing to show yet')} hint={hint} />;
  }
  return (
    <>
      <OutcomeTable versions={report.versions} />
      <p className="wove-Quiet">
        {trans.__('Only what at least %1 people took part in is shown of others.', report.people)}{' '}
        <Download card={card} days={days} />
      </p>
      {canPlot(rendermime) && <Plots promptId={card.id} days={days} rendermime={rendermime} />}
    </>
  );
}

function Download({
  card,
  days
}: {
  readonly card: PromptCard;
  readonly days: Days;
}): JSX.Element {
  const trans = useTrans();
  const { commands } = useWove();
  const args = { promptId: card.id, name: card.name, days };
  return (
    <button
      type="button"
      className="wove-Link"
      onClick={() => void commands.execute('wove:download-outcomes', args)}
    >
      {trans.__('Download as CSV')}
    </button>
  );
}

function Plots(props: {
  readonly promptId: string;
  readonly days: Days;
  readonly rendermime: IRenderMimeRegistry;
}): JSX.Element {
  const { data: plots } = usePlots(props.promptId, props.days);
  const shown = (plots ?? []).filter(({ spec }) => hasPoints(spec));
  return (
    <div className="wove-Outcomes-plots">
      {shown.map(plot => (
        <PlotView key={plot.name} plot={plot} rendermime={props.rendermime} />
      ))}
    </div>
  );
}

function hasPoints(spec: Record<string, unknown>): boolean {
  const { data } = spec as { data?: { values?: readonly unknown[] } };
  return (data?.values?.length ?? 0) > 0;
}

export default PromptOutcomes;
