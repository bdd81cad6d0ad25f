/** @jest-environment <rootDir>/tests/browser.cjs */
import type { BudgetLeft, UsageReport } from '../../src/api/models';
import { csv, dollars, lastDays, pressure, tightest } from '../../src/spending/model';

const budget = (spent: string, whole: string): BudgetLeft => ({
  of: 'person',
  projects: [],
  every: 'day',
  dollars: whole,
  spent,
  left: String(Number(whole) - Number(spent)),
  begins_anew: '2026-11-25T00:00:00Z'
});

test.each([
  ['0', '$0.00'],
  ['12.3456', '$12.35'],
  ['0.01234', '$0.012'],
  ['0.00000012', '< $0.0001']
])('%s dollars are read as %s', (text, said) => {
  expect(dollars(text)).toBe(said);
});

test('the budget that is nearest to its end counts', () => {
  expect(tightest([])).toBeNull();
  expect(tightest([budget('1', '10'), budget('9', '10')])?.spent).toBe('9');
  expect(pressure(null)).toBe('fine');
  expect(pressure(budget('7.9', '10'))).toBe('fine');
  expect(pressure(budget('8', '10'))).toBe('near');
  expect(pressure(budget('10', '10'))).toBe('spent');
  expect(pressure(budget('0', '0'))).toBe('spent');
});

test('days are those of UTC, today included', () => {
  const now = Date.parse('2026-03-01T23:30:00-05:00');
  expect(lastDays(1, now)).toEqual({ since: '2026-03-02', until: '2026-03-02' });
  expect(lastDays(7, now).since).toBe('2026-02-24');
});

test('a table has what was spent, and runs nothing in a spreadsheet', () => {
  const spent = {
    tries: 2,
    input: 10,
    output: 5,
    read: 0,
    written: 0,
    reasoning: 0,
    dollars: '0.5',
    unpriced: 1
  };
  const groups = [
    { key: 'a', name: '=cmd(1)', spent },
    { key: 'b', name: 'sea, "deep"', spent }
  ];
  const report = { groups } as unknown as UsageReport;
  expect(csv(report).split('\r\n')).toEqual([
    'name,tries,input,output,dollars,unpriced',
    "'=cmd(1),2,10,5,0.5,1",
    '"sea, ""deep""",2,10,5,0.5,1'
  ]);
});
