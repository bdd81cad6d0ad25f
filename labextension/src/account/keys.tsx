/** The API keys of the user. */
import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { CreatedKey, Key, Me } from '../api/models';
import type { IWove } from '../tokens';
import {
  ActionButton,
  Busy,
  confirm,
  ErrorState,
  notifyProblem,
  RelativeTime,
  useTrans,
  useWove
} from '../ui';
import { KEYS, revokeKey, useKeys } from './model';
import { askForKey } from './new-key';
import { showSecret } from './secret';

/** A list of keys, with ways to make and revoke them. */
export function Keys({ me }: { readonly me: Me }): JSX.Element {
  const wove = useWove();
  const trans = useTrans();
  const { data: keys, error, refetch } = useKeys();
  return (
    <section>
      <h3>{trans.__('API keys')}</h3>
      <p className="wove-Quiet">
        {trans.__('A key lets a program of yours use Wove in your name, until it expires.')}
      </p>
      {error && <ErrorState problem={error} onRetry={() => void refetch()} />}
      {!keys && !error && <Busy />}
      {keys?.length === 0 && <p>{trans.__('You have no key. Make one for a script of yours.')}</p>}
      {keys && keys.length > 0 && <Table keys={keys} />}
      <ActionButton label={trans.__('New key…')} onClick={() => void make(wove, me)} />
    </section>
  );
}

async function make(wove: IWove, me: Me): Promise<void> {
  const created: CreatedKey | null = await askForKey(wove, me.scopes);
  if (created) {
    void wove.queries.invalidateQueries({ queryKey: KEYS });
    await showSecret(wove, created);
  }
}

function Table({ keys }: { readonly keys: readonly Key[] }): JSX.Element {
  const trans = useTrans();
  return (
    <table className="wove-Keys">
      <thead>
        <tr>
          <th scope="col">{trans.__('Name')}</th>
          <th scope="col">{trans.__('May')}</th>
          <th scope="col">{trans.__('Last used')}</th>
          <th scope="col">{trans.__('Expires')}</th>
          <th scope="col">
            <span className="wove-Hidden">{trans.__('Actions')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {keys.map(key => (
          <Row key={key.id} shown={key} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ shown }: { readonly shown: Key }): JSX.Element {
  const wove = useWove();
  const trans = useTrans();
  return (
    <tr>
      <th scope="row">{shown.name}</th>
      <td>{shown.scopes.join(', ')}</td>
      <td>{shown.last_used ? <RelativeTime iso={shown.last_used} /> : trans.__('never')}</td>
      <td>
        <RelativeTime iso={shown.expires} />
      </td>
      <td>
        <button
          type="button"
          className="wove-Link"
          aria-label={trans.__('Revoke the key %1', shown.name)}
          onClick={() => void revoke(wove, trans, shown)}
        >
          {trans.__('Revoke…')}
        </button>
      </td>
    </tr>
  );
}

async function revoke(wove: IWove, trans: TranslationBundle, { id, name }: Key): Promise<void> {
  const agreed = await confirm(trans, {
    title: trans.__('Revoke the key “%1”?', name),
    body: trans.__('Programs that use it are refused from now on. This cannot be undone.'),
    accept: trans.__('Revoke'),
    danger: true
  });
  if (agreed) {
    await revokeKey(wove.api, id).catch(error =>
      notifyProblem(trans, trans.__('The key was not revoked.'), error)
    );
    await wove.queries.invalidateQueries({ queryKey: KEYS });
  }
}
