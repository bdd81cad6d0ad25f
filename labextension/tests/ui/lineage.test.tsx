/** @jest-environment <rootDir>/tests/browser.cjs */
import { fireEvent, screen } from '@testing-library/react';
import axe from 'axe-core';
import React from 'react';

import type { LineageNode } from '../../src/api/models';
import { LineageTree } from '../../src/ui/lineage';
import { draw } from './draw';

function node(title: string | null, here: boolean, ...remixes: LineageNode[]): LineageNode {
  const owner = { handle: 'ada', name: 'Ada' };
  const project = title ? { id: title, owner, slug: title, title } : null;
  return { project, at: '2026-01-01T00:00:00Z', here, remixes };
}

test('a family is drawn with its remixes, and another project in it can be opened', () => {
  const onOpen = jest.fn();
  const root = node('Waves', false, node('Tides', true, node('Surf', false)));
  draw(<LineageTree lineage={{ root, shortened: false }} onOpen={onOpen} />);
  fireEvent.click(screen.getByRole('button', { name: 'Surf' }));
  expect(onOpen).toHaveBeenCalledWith(expect.objectContaining({ id: 'Surf' }));
});

test('the project itself is marked and leads nowhere', () => {
  const root = node('Waves', false, node('Tides', true));
  draw(<LineageTree lineage={{ root, shortened: false }} onOpen={jest.fn()} />);
  expect(screen.queryByRole('button', { name: 'Tides' })).toBeNull();
  expect(document.querySelector('[aria-current]')?.textContent).toContain('Tides');
});

test('an ancestor that is not shared keeps its place without a name', () => {
  const root = node(null, false, node('Tides', true));
  draw(<LineageTree lineage={{ root, shortened: true }} onOpen={jest.fn()} />);
  expect(screen.getByText('A project that is gone or not shared')).toBeTruthy();
  expect(screen.getByText('The family is larger than what is shown here.')).toBeTruthy();
});

test('a project without a family says so', () => {
  draw(
    <LineageTree lineage={{ root: node('Waves', true), shortened: false }} onOpen={jest.fn()} />
  );
  expect(screen.getByText('Nobody has remixed it yet.')).toBeTruthy();
});

test('a family can be read without seeing it', async () => {
  const root = node('Waves', false, node('Tides', true, node(null, false)));
  const { container } = draw(
    <LineageTree lineage={{ root, shortened: false }} onOpen={jest.fn()} />
  );
  expect((await axe.run(container)).violations.map(({ id }) => id)).toEqual([]);
});
