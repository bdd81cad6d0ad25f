/** Draws above a notebook that it runs in a sandbox, what that means, and how it ends. */
import { useQuery } from '@tanstack/react-query';
import React from 'react';

import { around } from '../projects/queries';
import { ActionButton, useTrans, useWove } from '../ui';
import { trustIn } from './model';

export default function Band({ path }: { readonly path: string }): JSX.Element {
  const trans = useTrans();
  const { api, commands } = useWove();
  const { data: project } = useQuery(around(api, path));
  const { data: trust } = useQuery({
    queryKey: ['trust', project?.id],
    queryFn: () => (project ? trustIn(api, project) : null),
    enabled: Boolean(project)
  });
  return (
    <section className="wove-Band wove-mod-quiet" aria-label={trans.__('Sandbox')}>
      <span className="wove-Band-words">
        {trans.__('Runs in a sandbox: no network, and what it writes stays inside.')}
      </span>
      {project && trust?.trusted === false && (
        <ActionButton
          label={trans.__('Trust This Project…')}
          onClick={() => void commands.execute('wove:trust-project', { id: project.id })}
        />
      )}
    </section>
  );
}
