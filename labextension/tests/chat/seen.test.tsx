/** @jest-environment <rootDir>/tests/browser.cjs */
import { nullTranslator } from '@jupyterlab/translation';
import { render, screen } from '@testing-library/react';
import React from 'react';

import { Seen } from '../../src/chat/seen';

const trans = nullTranslator.load('jupyter_wove');
const seen = {
  notebook: 'week 1/sea.ipynb',
  tokens: 1234,
  parts: [
    ['Cell 2', 1200],
    ['Error of cell 2', 34]
  ],
  left_out: ['Cell 9']
};

test('what a model saw is said, and what there was no room for', () => {
  render(<Seen trans={trans} metadata={{ wove: { seen } }} />);
  expect(screen.getByText('Saw 2 parts of sea.ipynb (1,234 tokens)')).not.toBeNull();
  expect(screen.getByText('Error of cell 2: 34 tokens')).not.toBeNull();
  expect(screen.getByText('Left out: Cell 9')).not.toBeNull();
});

test.each([
  [undefined],
  [{}],
  [{ wove: null }],
  [{ wove: { seen: null } }],
  [{ wove: { seen: { ...seen, parts: [] } } }],
  [{ wove: { seen: { ...seen, parts: [[{}, 'x']] } } }],
  [{ wove: { seen: { ...seen, left_out: 5 } } }],
  [{ wove: { seen: { ...seen, notebook: {} } } }]
])('nothing is said of %j', metadata => {
  const { container } = render(<Seen trans={trans} metadata={metadata} />);
  expect(container.childElementCount).toBe(0);
});
