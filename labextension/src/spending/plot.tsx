/** Draws what each day has cost, by JupyterLab's own renderer of Vega-Lite. */
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { JSONObject } from '@lumino/coreutils';
import React, { useEffect, useRef } from 'react';

import type { UsageReport } from '../api/models';
import { useTrans } from '../ui';
import { Rendered } from '../ui/rendered';

const VEGA_LITE = 'application/vnd.vegalite.v5+json';

interface PlotProps {
  readonly rendermime: IRenderMimeRegistry;
  readonly report: UsageReport;
}

export function Plot({ rendermime, report }: PlotProps): JSX.Element | null {
  const trans = useTrans();
  const host = useRef<HTMLDivElement>(null);
  const label = trans.__('Cost by day');
  useEffect(() => {
    if (!host.current) {
      return;
    }
    const drawn = new Rendered(rendermime, host.current, VEGA_LITE);
    void drawn.draw(spec(report, trans.__('Day'), trans.__('Dollars')));
    return () => drawn.dispose();
  }, [rendermime, report, trans]);
  const isKnown = rendermime.mimeTypes.includes(VEGA_LITE);
  return isKnown ? (
    <div className="wove-Usage-plot" ref={host} role="img" aria-label={label} />
  ) : null;
}

export function spec(report: UsageReport, day: string, cost: string): JSONObject {
  const values = report.groups.map(({ key, spent }) => ({
    day: key,
    cost: Number(spent.dollars)
  }));
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v5.json',
    width: 640,
    height: 160,
    background: 'transparent',
    data: { values },
    mark: { type: 'bar', tooltip: true },
    encoding: {
      x: { field: 'day', type: 'ordinal', title: day, axis: { labelAngle: -40 } },
      y: { field: 'cost', type: 'quantitative', title: cost }
    }
  };
}
