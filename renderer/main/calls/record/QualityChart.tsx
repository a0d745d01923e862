// QualityChart: score, loss, jitter and round trip of a call over its time, one above the other; a moment can be read.
import { useId, useState, type ReactNode } from 'react';
import type { QualitySeries } from '../../../../contract/index.ts';
import { formatDuration, language, t } from '../../../common/index.ts';
import { chartPath, topOf } from './chart-path.ts';

type Column = 'mos' | 'lossIn' | 'jitter' | 'roundTrip';

interface Panel {
  column: Column;
  bottom: number;
  /** Tops that the scale may have. */
  tops: readonly number[];
  /** The worse end is the low one. */
  lowIsBad?: boolean;
}

const panels: readonly Panel[] = [
  { column: 'mos', bottom: 1, tops: [4.5], lowIsBad: true },
  { column: 'lossIn', bottom: 0, tops: [5, 20, 100] },
  { column: 'jitter', bottom: 0, tops: [20, 100, 400] },
  { column: 'roundTrip', bottom: 0, tops: [100, 400, 1000] },
];

export function QualityChart({ series }: { series: QualitySeries }): ReactNode {
  const count = series.mos.length;
  const [chosen, setChosen] = useState<number | null>(null);
  const at = Math.min(chosen ?? count - 1, count - 1);
  const id = useId();
  const time = formatDuration(at * series.every * 1000);
  const said = panels.map(
    ({ column }) => `${t(`diagnostics:chart.${column}`)} ${valueText(column, series[column][at] ?? null)}`,
  );
  return (
    <div className="chart">
      {panels.map((panel) => (
        <ChartPanel key={panel.column} panel={panel} series={series} at={at} />
      ))}
      <label className="moment" htmlFor={id}>
        <span>{t('diagnostics:chart.moment')}</span>
        <span className="num">{time}</span>
      </label>
      {/* Dragged or by arrows: reads all lines at this moment, aloud as well. */}
      <input
        id={id}
        type="range"
        min={0}
        max={Math.max(0, count - 1)}
        value={at}
        aria-valuetext={`${time}: ${said.join(', ')}`}
        onChange={(event) => setChosen(event.target.valueAsNumber === count - 1 ? null : event.target.valueAsNumber)}
      />
      <div className="axis num" aria-hidden="true">
        <span>0:00</span>
        <span>{formatDuration(Math.max(0, count - 1) * series.every * 1000)}</span>
      </div>
    </div>
  );
}

function ChartPanel({ panel, series, at }: { panel: Panel; series: QualitySeries; at: number }): ReactNode {
  const { column, bottom, tops, lowIsBad } = panel;
  const values = series[column];
  const top = topOf(values, tops);
  const known = values.filter((value) => value !== null);
  const worst = known.length === 0 ? null : lowIsBad ? Math.min(...known) : Math.max(...known);
  const x = values.length > 1 ? (100 * at) / (values.length - 1) : 0;
  const name = t(`diagnostics:chart.${column}`);
  return (
    <figure className={`panel ${column}`}>
      <figcaption>
        <span>
          {name} <span className="scale">{t('diagnostics:chart.scale', { top: valueText(column, top) })}</span>
        </span>
        <b className="num">{valueText(column, values[at] ?? null)}</b>
      </figcaption>
      <svg
        viewBox="0 0 100 100"
        preserveAspectRatio="none"
        role="img"
        aria-label={t('diagnostics:chart.worst', { name, worst: valueText(column, worst) })}
      >
        <line className="cursor" x1={x} x2={x} y1="0" y2="100" />
        <path d={chartPath(values, { bottom, top })} />
      </svg>
    </figure>
  );
}

function valueText(column: Column, value: number | null): string {
  if (value === null) return t('diagnostics:chart.unknown');
  const number = (places: number): string =>
    value.toLocaleString(language(), { minimumFractionDigits: places, maximumFractionDigits: places });
  if (column === 'mos') return number(1);
  if (column === 'lossIn') return t('calls:quality.percent', { value: number(1) });
  return t('calls:quality.milliseconds', { value: number(0) });
}
