/** A plot that the server described, drawn by JupyterLab's renderer of Vega. */
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { JSONObject } from '@lumino/coreutils';
import React, { useEffect, useRef } from 'react';

import type { Plot } from '../api/models';
import { Rendered } from '../ui/rendered';

const VEGA_LITE = 'application/vnd.vegalite.v5+json';

interface PlotProps {
  readonly rendermime: IRenderMimeRegistry;
  readonly plot: Plot;
}

export function PlotView({ rendermime, plot }: PlotProps): JSX.Element {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!host.current) {
      return;
    }
    const rendered = new Rendered(rendermime, host.current, VEGA_LITE);
    void rendered.draw({ ...plot.spec, config: colours() });
    return () => rendered.dispose();
  }, [rendermime, plot]);
  return (
    <figure className="wove-Outcomes-plot">
      <figcaption>{plot.title}</figcaption>
      <div ref={host} role="img" aria-label={plot.title} />
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
