/** Sends an archive to the server, which makes a project of it. */
import type { Api } from '../api/client';
import { unwrap } from '../api/client';
import type { Job } from '../api/models';

/** What the server can unpack, as a file chooser wants it. */
export const ARCHIVES = '.zip,.tar,.tar.gz,.tgz,.tar.bz2,.tbz2,.tar.xz,.txz,.gz,.bz2,.xz';

/** Send an archive; it is read from the disk as it goes, and again with the same key. */
export async function sendArchive(
  api: Api,
  file: File,
  title: string,
  key: string,
  signal: AbortSignal
): Promise<Job> {
  const sent = api.POST('/wove/api/imports/archive', {
    params: {
      query: { title },
      header: { 'Content-Disposition': disposition(file.name), 'Idempotency-Key': key }
    },
    headers: { 'Content-Type': 'application/octet-stream' },
    // The contract knows these bytes as a text, which is how OpenAPI writes them.
    body: file as unknown as string,
    bodySerializer: body => body as Blob,
    signal
  });
  return (await unwrap(sent)) as Job;
}

/** Name a file in a header, whatever letters it has. */
export function disposition(name: string): string {
  const quoted = encodeURIComponent(name).replace(
    /['()*]/g,
    sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`
  );
  return `attachment; filename*=UTF-8''${quoted}`;
}

/** Make a title of the name of an archive: "my_waves.tar.gz" is "my waves". */
export function titleOf(name: string): string {
  const stem = name.replace(/(\.(zip|tar|tgz|tbz2?|txz|gz|bz2|xz))+$/i, '');
  return stem.replace(/[_-]+/g, ' ').trim().slice(0, 120);
}
