/** Finds the pictures and files that the README of a published project names. */
import { PathExt, URLExt } from '@jupyterlab/coreutils';
import type { IRenderMime } from '@jupyterlab/rendermime';

/** Read addresses in a project as addresses of its files; others stay as they are. */
export function createResolver(baseUrl: string, projectId: string): IRenderMime.IResolver {
  const files = URLExt.join(baseUrl, 'wove/api/projects', projectId, 'files');
  return {
    resolveUrl: url => Promise.resolve(PathExt.normalize(decodeURIComponent(url))),
    getDownloadUrl: path => Promise.resolve(URLExt.join(files, URLExt.encodeParts(path))),
    isLocal: url => URLExt.isLocal(url) && !url.startsWith('/')
  };
}

/** Let links to files of a project open those files to be read. */
export function createLinks(open: (path: string) => void): IRenderMime.ILinkHandler {
  return {
    handleLink: (node, path) =>
      node.addEventListener('click', event => {
        event.preventDefault();
        open(path);
      })
  };
}
