/** A plot that the server described, drawn by JupyterLab's renderer of Vega. */
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { JSONObject } from '@lumino/coreutils';
import React, { useEffect, useRef } from 'react';

import type { Plot } from '../api/models';
import { Rendered } from '../ui/rendered';

const VEGA_LITE = 'application/vnd.vegalite.v5+json';
const PADDING = 24; // pixels that the renderer of JupyterLab leaves around a plot

interface PlotProps {
  readonly rendermime: IRenderMimeRegistry;
  readonly plot: Pick<Plot, 'title' | 'spec'>;
}

export function PlotView({ rendermime, plot }: PlotProps): JSX.Element {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!host.current) {
      return;
    }
    const { clientWidth } = host.current;
    const rendered = new Rendered(rendermime, host.current, VEGA_LITE);
    const draw = (): void => {
      const width = Math.max(clientWidth - PADDING, PADDING);
      const fitting = { width, autosize: { type: 'fit-x', contains: 'padding' } };
      void rendered.draw({ ...plot.spec, ...fitting, config: colours() });
    };
    draw();
    const theme = new MutationObserver(draw);
    theme.observe(document.body, { attributeFilter: ['data-jp-theme-name'] });
    return () => {
      theme.disconnect();
      rendered.dispose();
    };
  }, [rendermime, plot]);
  return (
    <figure className="wove-Outcomes-plot">
      <figcaption>{plot.title}</figcaption>
      <div ref={host} />
    </figure>
  );
}

/** The colours of JupyterLab's theme, which Vega does not know. */
function colours(): JSONObject {
  const style = getComputedStyle(document.body);
  const words = style.getPropertyValue('--jp-ui-font-color1');
  const lines = style.getPropertyValue('--jp-border-color2');
  const text = { labelColor: words, titleColor: words };
  return {
    axis: { ...text, gridColor: lines, domainColor: lines, tickColor: lines },
    legend: text,
    view: { stroke: 'transparent' }
  };
}

/** Whether JupyterLab can draw plots. */
export function canPlot(rendermime: IRenderMimeRegistry): boolean {
  return rendermime.mimeTypes.includes(VEGA_LITE);
}
