/** @jest-environment <rootDir>/tests/browser.cjs */
import { addIcon } from '@jupyterlab/ui-components';
import axe from 'axe-core';
import React from 'react';

import * as ui from '../../src/ui';
import { draw } from './draw';

function nothing(): void {}

const ALL = (
  <ui.Panel title="Projects" tools={[{ icon: addIcon, label: 'New', onClick: nothing }]}>
    <ui.EmptyState
      icon={ui.woveIcon}
      title="Empty"
      hint="Begin."
      action={{ label: 'New', onClick: nothing }}
    />
    <ui.ErrorState problem={new Error('No.')} onRetry={nothing} />
    <ui.Busy />
    <ui.ProgressBar label="Importing" done={0.5} onCancel={nothing} />
    <ui.Tag onClick={nothing}>maps</ui.Tag>
    <ui.VisibilityBadge visibility="public" />
    <ui.Avatar name="Ada Lovelace" />
    <ui.RelativeTime iso="2026-01-01T00:00:00Z" />
  </ui.Panel>
);

test('every shared piece can be used without seeing it', async () => {
  const { container } = draw(ALL);
  const { violations, passes } = await axe.run(container);
  expect(violations.map(({ id, help }) => `${id}: ${help}`)).toEqual([]);
  expect(passes.length).toBeGreaterThan(5);
});
