/** @jest-environment <rootDir>/tests/browser.cjs */
import { screen } from '@testing-library/react';
import React from 'react';

import { PlanView } from '../../src/chat/plan';
import { planOf, readPlan } from '../../src/chat/words';
import { draw } from '../ui/draw';

const STEPS = [
  { id: 'load', goal: 'Load it.', agent: 'Coder', needs: [], may: 'edit', state: 'done' },
  { id: 'run', goal: 'Run it.', agent: '', needs: ['load', 'none'], may: 'run', state: 'asking' }
];

test('a plan says who does what, behind what, and how far it is', () => {
  const plan = planOf({ wove: { plan: { title: 'Waves', steps: STEPS } } });
  draw(<PlanView plan={plan!} />);
  expect(screen.getByRole('region', { name: 'Plan: Waves' })).not.toBeNull();
  expect(screen.getByText('1 of 2 steps are over')).not.toBeNull();
  const [first, second] = screen.getAllByRole('listitem').map(each => each.textContent);
  expect(first).toBe('Load it. Coder · may suggest changesdone');
  expect(second).toContain('after 1 · may suggest changes, and ask to run cells');
  expect(second).toContain('waits for an answer');
});

test('one that nobody has allowed says nothing of how far it is', () => {
  const steps = STEPS.map(({ id, goal }) => ({ id, goal }));
  draw(<PlanView plan={readPlan({ title: 'Waves', steps })!} />);
  expect(screen.queryByRole('status')).toBeNull();
  expect(screen.getAllByText('looks only')).toHaveLength(2);
});

test.each([[undefined], [null], [{}], [{ title: 1, steps: STEPS }], [{ title: 'x', steps: 'y' }]])(
  '%j is no plan',
  found => expect(readPlan(found)).toBeNull()
);

test('what somebody else wrote there is read as far as it is one', () => {
  const plan = readPlan({ title: 'x', steps: [{ id: 1, needs: [2], state: 'odd' }, null] });
  expect(plan?.steps[0]).toEqual({
    id: '',
    goal: '',
    agent: '',
    needs: [],
    may: 'read',
    state: undefined
  });
});
