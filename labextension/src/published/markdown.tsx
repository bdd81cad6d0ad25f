/** Shows Markdown that somebody else wrote, without trusting it. */
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import React, { useEffect, useRef } from 'react';

import { Rendered } from '../ui/rendered';

interface MarkdownProps {
  readonly rendermime: IRenderMimeRegistry;
  readonly source: string;
}

/** Render Markdown as JupyterLab does, sanitised. */
export function Markdown({ rendermime, source }: MarkdownProps): JSX.Element {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!host.current) {
      return;
    }
    const rendered = new Rendered(rendermime, host.current);
    void rendered.draw(source);
    return () => rendered.dispose();
  }, [rendermime, source]);
  return <div ref={host} className="wove-Readme" />;
}
