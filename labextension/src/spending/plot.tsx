/** Draws what each day has cost. */
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { JSONObject } from '@lumino/coreutils';
import React, { useMemo } from 'react';

import type { Plot as Plotted, UsageReport } from '../api/models';
import { canPlot, PlotView } from '../outcomes/plot';
import { useTrans } from '../ui';

interface PlotProps {
  readonly rendermime: IRenderMimeRegistry;
  readonly report: UsageReport;
}

export function Plot({ rendermime, report }: PlotProps): JSX.Element | null {
  const trans = useTrans();
  const plot = useMemo(
    () => ({
      title: trans.__('Cost by day'),
      // The contract cannot say what a description for Vega is.
      spec: spec(report, trans.__('Day'), trans.__('Dollars')) as Plotted['spec']
    }),
    [report, trans]
  );
  return canPlot(rendermime) ? <PlotView rendermime={rendermime} plot={plot} /> : null;
}

function spec(report: UsageReport, day: string, cost: string): JSONObject {
  const values = report.groups.map(({ key, spent }) => ({
    day: key,
    cost: Number(spent.dollars)
  }));
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v5.json',
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
