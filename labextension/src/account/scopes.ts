/** What a key can be allowed to do, in words. */
import type { TranslationBundle } from '@jupyterlab/translation';

/** Say what a scope allows; one that is newer than these words says its own name. */
export function describe(trans: TranslationBundle, scope: string): string {
  switch (scope) {
    case 'account:read':
      return trans.__('See who you are and your API keys');
    case 'account:write':
      return trans.__('Change your profile, make and revoke API keys');
    case 'projects:read':
      return trans.__('Read your projects, their files, versions and jobs');
    case 'projects:write':
      return trans.__('Create, change, version, restore, remix and delete projects');
    case 'projects:comment':
      return trans.__('Comment on the files of projects');
    case 'projects:publish':
      return trans.__('Publish, unlist and unpublish projects');
    case 'projects:members':
      return trans.__('Say who works on your projects');
    case 'community:read':
      return trans.__('Read the gallery, profiles and lineages, and search');
    case 'community:write':
      return trans.__('Star projects');
    case 'prompts:read':
      return trans.__('Read and render prompts, and what is said about them');
    case 'prompts:write':
      return trans.__('Add, change, share, fork and delete prompts, vote and comment on them');
    case 'agents:use':
      return trans.__('Read notebooks, suggest changes and ask to run cells, as an agent does');
    case 'ai:use':
      return trans.__('Ask models, at the expense of whoever pays for them');
    case 'ai:admin':
      return trans.__('See what models have cost everybody, as an administrator');
    default:
      return scope;
  }
}

/** What most programs need, and nothing that changes something. */
export const USUAL = ['projects:read', 'community:read'];
