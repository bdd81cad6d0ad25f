/** What a model was shown before an answer, to the letter, for who asked. */
import { useQuery } from '@tanstack/react-query';
import React, { useState } from 'react';

import { unwrap } from '../api/client';
import { ProblemError } from '../api/problem';
import { Busy, useWove } from '../ui';

export function Kept({ message }: { readonly message: string }): JSX.Element {
  const { trans } = useWove();
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>{trans.__('The very text')}</summary>
      {isOpen && <Text message={message} />}
    </details>
  );
}

function Text({ message }: { readonly message: string }): JSX.Element {
  const { api } = useWove();
  const params = { path: { message } };
  const { data, error } = useQuery({
    queryKey: ['sights', message],
    queryFn: () => unwrap(api.GET('/wove/api/ai/sights/{message}', { params })),
    retry: false
  });
  if (error) {
    return <p className="wove-Muted">{ProblemError.of(error).message}</p>;
  }
  return data ? <pre className="wove-Tray-text">{data.text}</pre> : <Busy />;
}
