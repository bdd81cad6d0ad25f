/** The frame of a panel: a heading, its buttons, and room for the rest. */
import { Toolbar } from '@jupyter/react-components';
import type { ReactNode } from 'react';
import React, { useId } from 'react';

import type { Tool } from './button';
import { ToolButton } from './button';

interface PanelProps {
  readonly title: string;
  readonly tools?: readonly Tool[];
  readonly children: ReactNode;
}

/** A titled region with a toolbar that arrow keys move through. */
export function Panel({ title, tools = [], children }: PanelProps): JSX.Element {
  const heading = useId();
  return (
    <section className="wove-Panel" aria-labelledby={heading}>
      <header className="wove-Panel-header">
        <h2 id={heading} className="wove-Panel-title">
          {title}
        </h2>
        {tools.length > 0 && <Tools title={title} tools={tools} />}
      </header>
      <div className="wove-Panel-body">{children}</div>
    </section>
  );
}

interface ToolsProps {
  readonly title: string;
  readonly tools: readonly Tool[];
}

function Tools({ title, tools }: ToolsProps): JSX.Element {
  return (
    <Toolbar className="wove-Panel-tools" aria-label={title}>
      {tools.map(tool => (
        <ToolButton key={tool.label} {...tool} />
      ))}
    </Toolbar>
  );
}
