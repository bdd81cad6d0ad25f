/** Draws what a project is, in short. */
import React from 'react';

import type { Project } from '../api/models';
import { RelativeTime, useTrans } from '../ui';

export function Facts({ project }: { readonly project: Project }): JSX.Element {
  const trans = useTrans();
  return (
    <section>
      <h3 className="wove-Heading">{trans.__('Facts')}</h3>
      <dl className="wove-Facts-list">
        <dt>{trans.__('Folder')}</dt>
        <dd>{project.folder ?? trans.__('outside of this server')}</dd>
        <dt>{trans.__('Made with')}</dt>
        <dd>{project.stack.join(', ') || trans.__('not known before it is published')}</dd>
        <dt>{trans.__('Started')}</dt>
        <dd>
          <RelativeTime iso={project.created} />
        </dd>
        <dt>{trans.__('Changed')}</dt>
        <dd>
          <RelativeTime iso={project.updated} />
        </dd>
        <dt>{trans.__('Published')}</dt>
        <dd>{project.published ? <RelativeTime iso={project.published} /> : trans.__('no')}</dd>
      </dl>
    </section>
  );
}
