/** Shows Markdown that somebody else wrote, without trusting it. */
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import React, { useEffect, useRef } from 'react';

interface MarkdownProps {
  readonly rendermime: IRenderMimeRegistry;
  readonly source: string;
}

/** Render Markdown as JupyterLab does, sanitised. */
export function Markdown({ rendermime, source }: MarkdownProps): JSX.Element {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const renderer = rendermime.createRenderer('text/markdown');
    const data = { 'text/markdown': source };
    void renderer.renderModel(rendermime.createModel({ data, trusted: false }));
    MessageLoop.sendMessage(renderer, Widget.Msg.BeforeAttach);
    host.current?.append(renderer.node);
    MessageLoop.sendMessage(renderer, Widget.Msg.AfterAttach);
    return () => {
      MessageLoop.sendMessage(renderer, Widget.Msg.BeforeDetach);
      renderer.node.remove();
      renderer.dispose();
    };
  }, [rendermime, source]);
  return <div ref={host} className="wove-Readme" />;
}
