/** Draws the account of the user: who they are, and their API keys. */
import React from 'react';

import { Busy, ErrorState, useTrans, useWove } from '../ui';
import { McpServers } from '../mcp/section';
import { Memories } from '../memories/section';
import { Recording } from '../outcomes/recording';
import { Keys } from './keys';
import { useMe } from './model';
import { ProfileForm } from './profile-form';

export default function Account(): JSX.Element {
  const { commands } = useWove();
  const trans = useTrans();
  const { data: me, error, refetch } = useMe();
  if (error) {
    return <ErrorState problem={error} onRetry={() => void refetch()} />;
  }
  if (!me) {
    return <Busy />;
  }
  return (
    <article className="wove-Sheet" aria-label={trans.__('Your account')}>
      <h2>{trans.__('Your account')}</h2>
      <ProfileForm key={me.handle} me={me} />
      <p>
        <button
          type="button"
          className="wove-Link"
          onClick={() => void commands.execute('wove:profile', { handle: me.handle })}
        >
          {trans.__('See your profile as others do')}
        </button>
      </p>
      <Keys me={me} />
      <Recording />
      <Memories project={null} mayChange />
      <McpServers />
    </article>
  );
}
