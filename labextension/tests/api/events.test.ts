import { EventParser } from '../../src/api/events';

const TEXT =
  ': hello\r\nid: 1\r\nevent: log\r\ndata: a\r\ndata:b\r\n\r\nretry: 50\ndata\n\nid\ndata: é\n\ndata: lost';

const EVENTS = [
  { id: '1', name: 'log', data: 'a\nb' },
  { id: '1', name: 'message', data: '' },
  { id: '', name: 'message', data: 'é' }
];

test('names, ids, many lines, comments and every line ending are understood', () => {
  const parser = new EventParser();
  expect(parser.push(TEXT)).toEqual(EVENTS);
  expect(parser.retry).toBe(50);
});

test.each(Array.from(TEXT, (_sign, at) => at))('a cut at %i changes nothing', at => {
  const parser = new EventParser();
  const events = [...parser.push(TEXT.slice(0, at)), ...parser.push(TEXT.slice(at))];
  expect(events).toEqual(EVENTS);
});

test('lines may end in carriage returns alone', () => {
  const parser = new EventParser();
  expect(parser.push('data: a\rdata: b\r\rdata: c')).toEqual([
    { id: '', name: 'message', data: 'a\nb' }
  ]);
});

test('an id with a NUL and a retry that is no number are ignored', () => {
  const parser = new EventParser();
  parser.push('id: a\0b\nretry: soon\ndata: 1\n\n');
  expect([parser.lastId, parser.retry]).toEqual(['', undefined]);
});

test('what a broken connection left half is forgotten, its last id is not', () => {
  const parser = new EventParser();
  parser.push('id: 4\ndata: 1\n\nid: 5\nevent: log\ndata: ha');
  parser.reset();
  expect(parser.push('data: 2\n\n')).toEqual([{ id: '4', name: 'message', data: '2' }]);
});
