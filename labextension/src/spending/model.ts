/** What models have cost, as the server adds it up. */
import { useQuery, type UseQueryResult } from '@tanstack/react-query';

import type { Api } from '../api/client';
import { unwrap } from '../api/client';
import type { Approval, BudgetLeft, Spent, UsageReport } from '../api/models';
import { useWove } from '../ui';

export type GroupBy = 'day' | 'model' | 'purpose' | 'project' | 'person';

/** What one has spent oneself, or all have, which only administrators see. */
export type Whose = 'mine' | 'everybody';

/** How much of a budget is gone: warned of from 80 in 100 on. */
export type Pressure = 'fine' | 'near' | 'spent';

export interface Span {
  readonly since: string;
  readonly until: string;
}

const NEAR = 0.8;
const DAY = 24 * 60 * 60 * 1000;

export function useUsage(
  groupBy: GroupBy,
  span: Span | null,
  whose: Whose = 'mine'
): UseQueryResult<UsageReport> {
  const { api } = useWove();
  return useQuery({
    queryKey: ['usage', groupBy, span, whose],
    queryFn: () => usage(api, groupBy, span, whose)
  });
}

export function useWaiting(isOn: boolean): UseQueryResult<Approval[]> {
  const { api } = useWove();
  return useQuery({
    queryKey: ['approvals', 'waiting'],
    queryFn: () => unwrap(api.GET('/wove/api/ai/approvals')),
    enabled: isOn
  });
}

function usage(api: Api, groupBy: GroupBy, span: Span | null, whose: Whose): Promise<UsageReport> {
  const params = { query: { group_by: groupBy, ...span } };
  return whose === 'mine'
    ? unwrap(api.GET('/wove/api/ai/usage', { params }))
    : unwrap(api.GET('/wove/api/ai/usage/everybody', { params }));
}

/** The last days, today included; days are those of UTC, as the server counts them. */
export function lastDays(days: number, now = Date.now()): Span {
  const day = (moment: number): string => new Date(moment).toISOString().slice(0, 10);
  return { since: day(now - (days - 1) * DAY), until: day(now) };
}

/** The budget of which the least is left, by its share. */
export function tightest(budgets: readonly BudgetLeft[]): BudgetLeft | null {
  return [...budgets].sort((one, other) => gone(other) - gone(one))[0] ?? null;
}

export function pressure(budget: BudgetLeft | null): Pressure {
  const share = budget ? gone(budget) : 0;
  return share >= 1 ? 'spent' : share >= NEAR ? 'near' : 'fine';
}

function gone({ spent, dollars }: BudgetLeft): number {
  return Number(dollars) > 0 ? Number(spent) / Number(dollars) : 1;
}

/** Dollars as people read them: exact cents, and more digits below one. */
export function dollars(text: string): string {
  const amount = Number(text);
  if (amount === 0 || amount >= 1) {
    return `$${amount.toFixed(2)}`;
  }
  return amount < 0.0001 ? '< $0.0001' : `$${amount.toPrecision(2)}`;
}

/** A table as a spreadsheet reads it; what begins like a formula is made a text. */
export function csv(report: UsageReport): string {
  const head = ['name', 'tries', 'input', 'output', 'dollars', 'unpriced'];
  const rows = report.groups.map(({ name, spent }) => [name, ...numbers(spent)]);
  return [head, ...rows].map(row => row.map(quoted).join(',')).join('\r\n');
}

function numbers(spent: Spent): (string | number)[] {
  return [spent.tries, spent.input, spent.output, spent.dollars, spent.unpriced];
}

function quoted(value: string | number): string {
  const text = String(value).replace(/^(?=[=+\-@\t\r])/, typeof value === 'string' ? "'" : '');
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}
