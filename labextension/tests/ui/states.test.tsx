/** @jest-environment <rootDir>/tests/browser.cjs */
import { fireEvent, screen } from '@testing-library/react';
import React from 'react';

import { ProblemError } from '../../src/api/problem';
import { Busy, EmptyState, ErrorState } from '../../src/ui/states';
import { Panel } from '../../src/ui/panel';
import { ProgressBar } from '../../src/ui/progress';
import { Tag, VisibilityBadge } from '../../src/ui/tag';
import { woveIcon } from '../../src/ui/icons';
import { draw } from './draw';

/** What the web component of a button answers to. */
function press(label: string): void {
  fireEvent.click(screen.getByText(label));
}

test('an empty state says what to do and lets one do it', () => {
  const onClick = jest.fn();
  draw(
    <EmptyState icon={woveIcon} title="Empty" hint="Begin." action={{ label: 'New', onClick }} />
  );
  expect(screen.getByRole('heading', { name: 'Empty' })).toBeTruthy();
  press('New');
  expect(onClick).toHaveBeenCalledTimes(1);
});

test('an error says why, which request it was, and can be tried again', () => {
  const onRetry = jest.fn();
  const problem = new ProblemError({
    type: '',
    title: 'Not allowed',
    status: 403,
    detail: 'Only its owner can publish it.',
    instance: '',
    request_id: 'r1'
  });
  draw(<ErrorState problem={problem} onRetry={onRetry} />);
  const { textContent } = screen.getByRole('alert');
  expect(textContent).toContain('Only its owner can publish it.');
  expect(textContent).toContain('r1');
  press('Try again');
  expect(onRetry).toHaveBeenCalledTimes(1);
});

test('markup in an error stays text', () => {
  draw(<ErrorState problem={new Error('<img src=x onerror=alert(1)>')} />);
  expect(document.querySelector('img')).toBeNull();
  expect(screen.getByRole('alert').textContent).toContain('<img src=x');
});

test('waiting is announced', () => {
  draw(<Busy label="Looking…" />);
  expect(screen.getByRole('status').textContent).toBe('Looking…');
});

test('progress has a name, a value and a way out', () => {
  const onCancel = jest.fn();
  draw(<ProgressBar label="Importing" done={0.4} onCancel={onCancel} />);
  expect(screen.getByLabelText<HTMLProgressElement>('Importing').value).toBe(0.4);
  press('Cancel');
  expect(onCancel).toHaveBeenCalledTimes(1);
});

test('progress that nobody can measure has no value', () => {
  draw(<ProgressBar label="Importing" />);
  expect(screen.getByLabelText('Importing').hasAttribute('value')).toBe(false);
});

test('a panel is a region with a name, and its tools have names', () => {
  const onClick = jest.fn();
  draw(
    <Panel title="Projects" tools={[{ icon: woveIcon, label: 'Refresh', onClick }]}>
      inside
    </Panel>
  );
  expect(screen.getByRole('region', { name: 'Projects' }).textContent).toContain('inside');
  fireEvent.click(screen.getByLabelText('Refresh'));
  expect(onClick).toHaveBeenCalledTimes(1);
});

test('a tag that does something is a button, another is not', () => {
  draw(
    <>
      <Tag onClick={() => undefined}>maps</Tag>
      <Tag>waves</Tag>
    </>
  );
  expect(screen.getAllByRole('button').map(each => each.textContent)).toEqual(['maps']);
});

test('a badge says who can see a project', () => {
  draw(<VisibilityBadge visibility="unlisted" />);
  expect(screen.getByText('Unlisted').title).toBe('Everyone with the link can see it.');
});
