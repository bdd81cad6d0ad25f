/** Draws what publishing means, before and after. */
import { Clipboard } from '@jupyterlab/apputils';
import { useQuery } from '@tanstack/react-query';
import React, { useState } from 'react';

import type { Project } from '../api/models';
import { ActionButton } from '../ui/button';
import { useTrans, useWove } from '../ui/context';
import type { Draft } from '../ui/form';
import { Field } from '../ui/form';
import { bytes } from '../published/files';
import { files } from './queries';

/** To whom to publish. */
export interface Audience {
  readonly visibility: 'public' | 'unlisted';
}

type PublishFieldsProps = Draft<Audience> & { readonly project: Project };

/** What becomes visible, and to whom. */
export function PublishFields({ value, change, project }: PublishFieldsProps): JSX.Element {
  const trans = useTrans();
  const choice = (visibility: Audience['visibility'], label: string): JSX.Element => (
    <label className="wove-Choice">
      <input
        type="radio"
        name="visibility"
        checked={value.visibility === visibility}
        onChange={() => change({ visibility })}
      />
      {label}
    </label>
  );
  return (
    <>
      <p>
        {trans.__(
          'Others see the files as they are now, the title, the description and the lineage. They do not see your other versions, nor what you change later, until you publish again.'
        )}
      </p>
      <fieldset className="wove-Fieldset">
        <legend>{trans.__('Who sees it?')}</legend>
        {choice('public', trans.__('Everyone: it is in the gallery and in the search'))}
        {choice('unlisted', trans.__('Only those who have its address'))}
      </fieldset>
      <Visible id={project.id} />
    </>
  );
}

function Visible({ id }: { readonly id: string }): JSX.Element {
  const trans = useTrans();
  const { data = [] } = useQuery(files(useWove().api, id));
  return (
    <details className="wove-Details">
      <summary>
        {trans._n('%1 file becomes visible', '%1 files become visible', data.length)}
      </summary>
      <ul>
        {data.map(file => (
          <li key={file.path}>
            {file.path} <span className="wove-Muted">{bytes(file.size)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

interface PublishedProps {
  readonly address: string;
  readonly listed: boolean;
}

/** Where it is now, to hand on. */
export function Published({ address, listed }: PublishedProps): JSX.Element {
  const trans = useTrans();
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    Clipboard.copyToSystem(address);
    setCopied(true);
  };
  return (
    <div className="wove-Form wove-mod-wide">
      <p>
        {listed
          ? trans.__('Everyone can find and read it at this address.')
          : trans.__('Whoever has this address can read it.')}
      </p>
      <Field label={trans.__('Address')}>
        {ids => (
          <input
            {...ids}
            className="jp-mod-styled"
            readOnly
            value={address}
            onFocus={event => event.target.select()}
          />
        )}
      </Field>
      <div className="wove-Actions">
        <ActionButton label={trans.__('Copy address')} onClick={copy} />
        <span role="status">{copied && trans.__('Copied.')}</span>
      </div>
    </div>
  );
}
