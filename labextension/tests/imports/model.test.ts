import { createApi } from '../../src/api/client';
import { disposition, sendArchive, titleOf } from '../../src/imports/model';
import { serve } from '../api/server';

test.each([
  ['my_waves.tar.gz', 'my waves'],
  ['north-sea.zip', 'north sea'],
  ['.zip', '']
])('an archive named %s becomes a project named “%s”', (name, title) => {
  expect(titleOf(name)).toBe(title);
});

test('any name of a file fits into a header', () => {
  expect(disposition("wel'l (é).zip")).toBe(
    "attachment; filename*=UTF-8''wel%27l%20%28%C3%A9%29.zip"
  );
});

test('an archive goes over the wire as it is', async () => {
  let sent = Buffer.alloc(0);
  const server = await serve((request, response) => {
    request.on('data', (piece: Buffer) => (sent = Buffer.concat([sent, piece])));
    request.on('end', () => {
      response.writeHead(202, { 'Content-Type': 'application/json' });
      response.end('{"id": "j1"}');
    });
  });
  const file = new File([new Uint8Array([80, 75, 0, 255])], 'waves.zip');
  const { signal } = new AbortController();
  const job = await sendArchive(createApi(server.settings), file, 'North Sea', 'k1', signal);
  expect(job.id).toBe('j1');
  expect([...sent]).toEqual([80, 75, 0, 255]);
  const [request] = server.requests;
  expect(request?.url).toBe('/wove/api/imports/archive?title=North%20Sea');
  expect(request?.headers['content-type']).toBe('application/octet-stream');
  expect(request?.headers['content-disposition']).toContain('waves.zip');
  expect(request?.headers['idempotency-key']).toBe('k1');
  await server.close();
});
