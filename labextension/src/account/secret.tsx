/** Shows the secret of a new API key, this once. */
import { Clipboard, Dialog, showDialog } from '@jupyterlab/apputils';
import React, { useState } from 'react';

import type { CreatedKey } from '../api/models';
import type { IWove } from '../tokens';
import { WoveContext } from '../ui/context';
import { ActionButton, useTrans } from '../ui';

/** Show the secret until the user says that they have kept it. */
export async function showSecret(wove: IWove, { key, secret }: CreatedKey): Promise<void> {
  await showDialog({
    title: wove.trans.__('Your key “%1”', key.name),
    body: (
      <WoveContext.Provider value={wove}>
        <Secret secret={secret} />
      </WoveContext.Provider>
    ),
    // Closing by accident would lose it.
    hasClose: false,
    buttons: [Dialog.okButton({ label: wove.trans.__('I have kept it') })]
  });
}

function Secret({ secret }: { readonly secret: string }): JSX.Element {
  const trans = useTrans();
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    Clipboard.copyToSystem(secret);
    setCopied(true);
  };
  return (
    <div className="wove-Secret">
      <p>
        {trans.__(
          'Copy it now: it is shown this once and never again. Who has it can act in your name, so keep it as you keep a password, and out of notebooks.'
        )}
      </p>
      <code className="wove-Secret-text">{secret}</code>
      <div className="wove-Secret-copy">
        <ActionButton label={trans.__('Copy')} onClick={copy} />
        <span role="status">{copied && trans.__('Copied.')}</span>
      </div>
    </div>
  );
}
