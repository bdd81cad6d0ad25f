/** A part of an app's page that is asked for once it is opened. */
import type { ReactNode } from 'react';
import React, { useState } from 'react';

interface PartProps {
  readonly title: string;
  readonly children: ReactNode;
}

export function Part({ title, children }: PartProps): JSX.Element {
  const [wasOpened, setOpened] = useState(false);
  return (
    <details
      className="wove-Details wove-AppPart"
      onToggle={event => setOpened(wasOpened || event.currentTarget.open)}
    >
      <summary>
        <h3 className="wove-Heading">{title}</h3>
      </summary>
      {wasOpened && <div className="wove-AppPart-body">{children}</div>}
    </details>
  );
}
