/** @jest-environment <rootDir>/tests/browser.cjs */
import { fireEvent, screen, waitFor } from '@testing-library/react';
import React from 'react';

import type { Draft } from '../../src/ui/form';
import { Field, ask } from '../../src/ui/form';
import { createWove } from './draw';

interface Words {
  readonly message: string;
}

function Message({ value, change }: Draft<Words>): JSX.Element {
  return (
    <Field label="Message">
      {ids => (
        <textarea
          {...ids}
          required
          value={value.message}
          onChange={event => change({ message: event.target.value })}
        />
      )}
    </Field>
  );
}

function asked(send: (words: Words, key: string) => Promise<string>): Promise<string | null> {
  return ask<Words, string>(createWove(), {
    title: 'Say it',
    accept: 'Save',
    initial: { message: '' },
    fields: draft => <Message {...draft} />,
    send
  });
}

async function type(message: string): Promise<HTMLElement> {
  const field = await screen.findByLabelText('Message');
  fireEvent.input(field, { target: { value: message } });
  return field;
}

test('what was typed is sent, by Ctrl+Enter', async () => {
  const answer = asked(({ message }) => Promise.resolve(message.toUpperCase()));
  fireEvent.keyDown(await type('hello'), { key: 'Enter', ctrlKey: true });
  expect(await answer).toBe('HELLO');
});

test('nothing is sent while a field that must be filled is empty', async () => {
  let sent = 0;
  const answer = asked(() => Promise.resolve(String(sent++)));
  const field = await screen.findByLabelText('Message');
  fireEvent.keyDown(field, { key: 'Enter', metaKey: true });
  fireEvent.keyDown(field, { key: 'Escape' });
  expect(await answer).toBeNull();
  expect(sent).toBe(0);
});

test('a refusal is told in the dialog, and what was typed is still there', async () => {
  const refusals = [new Error('Say more.')];
  const answer = asked(({ message }) => {
    const refusal = refusals.pop();
    return refusal ? Promise.reject(refusal) : Promise.resolve(message);
  });
  fireEvent.keyDown(await type('hm'), { key: 'Enter', ctrlKey: true });
  expect((await screen.findByRole('alert', { hidden: true })).textContent).toBe('Say more.');
  await waitFor(async () =>
    expect((await screen.findByLabelText<HTMLTextAreaElement>('Message')).value).toBe('hm')
  );
  fireEvent.keyDown(await type('hm, well'), { key: 'Enter', ctrlKey: true });
  expect(await answer).toBe('hm, well');
});

test('what is sent again has the key that it had, and another after a change', async () => {
  const keys: string[] = [];
  const answer = asked((_words, key) => {
    keys.push(key);
    return keys.length < 3 ? Promise.reject(new Error('No answer.')) : Promise.resolve('done');
  });
  for (const message of ['hm', 'hm', 'hm, well']) {
    fireEvent.keyDown(await type(message), { key: 'Enter', ctrlKey: true });
    await waitFor(() => expect(screen.queryByLabelText('Message')).toBeNull());
  }
  expect(await answer).toBe('done');
  expect(keys[1]).toBe(keys[0]);
  expect(keys[2]).not.toBe(keys[0]);
});
