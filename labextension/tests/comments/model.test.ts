/** Which comments are shown, and in which order. */
import { byCell } from '../../src/comments/bubbles';
import { filtered, mentions, ordered } from '../../src/comments/model';
import { said, shown, thread } from './samples';

const ids = (all: ReturnType<typeof ordered>): string[] => all.map(each => each.thread.id);

test('threads are in the order of the document, and outdated ones last', () => {
  const all = [
    shown(thread('gone'), null, null, 'outdated'),
    shown(thread('second word'), 'b', 5),
    shown(thread('first word'), 'b', 1),
    shown(thread('first cell'), 'a'),
    shown(thread('file')),
    shown(thread('words gone'), 'a', null, 'outdated')
  ];
  const order = ['file', 'first cell', 'first word', 'second word', 'gone', 'words gone'];
  expect(ids(ordered(all, ['a', 'b']))).toEqual(order);
});

test('open, resolved and own threads are told apart', () => {
  const all = [
    shown(thread('open')),
    shown(thread('done', [said('ann')], true)),
    shown(thread('called', [said('bob', ['ann'])]))
  ];
  expect(ids(filtered(all, 'open', 'ann'))).toEqual(['open', 'called']);
  expect(ids(filtered(all, 'resolved', 'ann'))).toEqual(['done']);
  expect(ids(filtered(all, 'mine', 'ann'))).toEqual(['done', 'called']);
});

test('who is called is called until they answer or it is settled', () => {
  const call = said('bob', ['ann']);
  const all = [
    shown(thread('called', [call])),
    shown(thread('answered', [call, said('ann')])),
    shown(thread('called again', [call, said('ann'), call])),
    shown(thread('settled', [call], true))
  ];
  expect(ids(mentions(all, 'ann'))).toEqual(['called', 'called again']);
});

test('a bubble counts the open threads of its cell', () => {
  const all = [
    shown(thread('1'), 'a'),
    shown(thread('2'), 'a', 3),
    shown(thread('3', [said('bob')], true), 'a'),
    shown(thread('4'), 'b', null, 'outdated'),
    shown(thread('5'))
  ];
  expect([...byCell(all)].map(([cell, of]) => [cell, of.length])).toEqual([['a', 2]]);
});
