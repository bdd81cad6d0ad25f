/** @jest-environment <rootDir>/tests/browser.cjs */
import { Notification } from '@jupyterlab/apputils';
import { useQuery } from '@tanstack/react-query';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import React from 'react';

import { useOptimistic } from '../../src/ui/optimistic';
import { draw } from './draw';

interface Reply {
  accept: () => void;
  refuse: () => void;
}

const KEY = ['stars', 1];

/** A server that keeps a number of stars and answers when the test says so. */
class Stars {
  kept = 1;
  readonly replies: Reply[] = [];

  add = (count: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const accept = (): void => {
        this.kept += count;
        resolve();
      };
      this.replies.push({ accept, refuse: () => reject(new Error('You are signed out.')) });
    });
}

function Starred({ stars }: { readonly stars: Stars }): JSX.Element {
  const { data } = useQuery({ queryKey: KEY, queryFn: () => Promise.resolve(stars.kept) });
  const add = useOptimistic<number, number>({
    queryKey: KEY,
    send: stars.add,
    apply: (before, count) => before + count,
    refusal: 'The star was not saved.'
  });
  return (
    <button type="button" onClick={() => add.mutate(1)}>
      {data} stars
    </button>
  );
}

async function shows(text: string): Promise<void> {
  await waitFor(() => expect(screen.getByRole('button').textContent).toBe(text));
}

async function sent(stars: Stars, count: number): Promise<void> {
  await waitFor(() => expect(stars.replies).toHaveLength(count));
}

let stars: Stars;

beforeEach(async () => {
  Notification.dismiss();
  stars = new Stars();
  draw(<Starred stars={stars} />);
  await shows('1 stars');
});

test('a change shows before the server has answered, and stays', async () => {
  fireEvent.click(screen.getByRole('button'));
  await shows('2 stars');
  stars.replies[0]?.accept();
  await shows('2 stars');
  expect(Notification.manager.count).toBe(0);
});

test('a refused change is taken back with a message', async () => {
  fireEvent.click(screen.getByRole('button'));
  await shows('2 stars');
  await sent(stars, 1);
  stars.replies[0]?.refuse();
  await shows('1 stars');
  const [note] = Notification.manager.notifications;
  expect(note?.message).toBe('The star was not saved. You are signed out.');
});

test('changes go to the server one after the other', async () => {
  fireEvent.click(screen.getByRole('button'));
  fireEvent.click(screen.getByRole('button'));
  await shows('3 stars');
  await sent(stars, 1);
  stars.replies[0]?.accept();
  await sent(stars, 2);
  stars.replies[1]?.accept();
  await shows('3 stars');
});

test('a refusal does not take back a later change that was kept', async () => {
  fireEvent.click(screen.getByRole('button'));
  fireEvent.click(screen.getByRole('button'));
  await sent(stars, 1);
  stars.replies[0]?.refuse();
  await sent(stars, 2);
  stars.replies[1]?.accept();
  await shows('2 stars');
});
