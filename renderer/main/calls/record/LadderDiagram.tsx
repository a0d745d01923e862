// LadderDiagram: a call's messages as arrows between lanes; a list to the keyboard and to screen readers.
import { useEffect, useId, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { formatDuration, t } from '../../../common/index.ts';
import { traceTime } from '../../settings/trace/trace-words.ts';
import type { Ladder, Lane, LadderStep } from './ladder.ts';

export interface LadderDiagramProps {
  ladder: Ladder;
  chosen: number | null;
  onChoose: (id: number) => void;
}

export function LadderDiagram({ ladder, chosen, onChoose }: LadderDiagramProps): ReactNode {
  const { lanes, steps } = ladder;
  const id = useId();
  const place = steps.findIndex((step) => step.id === chosen);
  const list = useRef<HTMLDivElement>(null);
  // The message opens below and takes half of the height: what was chosen stays in sight.
  useEffect(() => {
    if (chosen === null) return undefined;
    const frame = requestAnimationFrame(() =>
      list.current?.querySelector(`[data-step="${chosen}"]`)?.scrollIntoView({ block: 'nearest' }),
    );
    return () => cancelAnimationFrame(frame);
  }, [chosen]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const moves: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, Home: -steps.length, End: steps.length };
    const move = moves[event.key];
    if (move === undefined || steps.length === 0) return;
    event.preventDefault();
    const from = place < 0 ? (move > 0 ? -1 : steps.length) : place;
    const step = steps[Math.min(Math.max(from + move, 0), steps.length - 1)];
    if (step === undefined) return;
    onChoose(step.id);
  };
  return (
    <div className="ladder">
      <div className="lanes" aria-hidden="true">
        <span className="when" />
        <div className="across">
          {lanes.map((lane, index) => (
            <span key={index} className="lane" style={{ insetInlineStart: `${center(index, lanes.length)}%` }}>
              <b>{laneName(lane)}</b>
              <span className="num">{lane.address}</span>
            </span>
          ))}
        </div>
      </div>
      <div
        ref={list}
        className="steps"
        role="listbox"
        tabIndex={0}
        aria-label={t('diagnostics:record.ladder')}
        aria-activedescendant={place < 0 ? undefined : `${id}-${chosen}`}
        onKeyDown={onKeyDown}
      >
        {steps.map((step) => (
          <div
            key={step.id}
            id={`${id}-${step.id}`}
            data-step={step.id}
            role="option"
            aria-selected={step.id === chosen}
            aria-label={sentence(step, lanes)}
            className={['step', step.refused && 'refused', step.repeated && 'repeated'].filter(Boolean).join(' ')}
            onClick={() => onChoose(step.id)}
          >
            <span className="when num">
              {traceTime(step.at)}
              <span className="after">{afterText(step.after)}</span>
            </span>
            <div className="across">
              {lanes.map((_, index) => (
                <span key={index} className="line" style={{ insetInlineStart: `${center(index, lanes.length)}%` }} />
              ))}
              <Arrow step={step} lanes={lanes.length} />
            </div>
          </div>
        ))}
      </div>
    </div>
  );
}

function Arrow({ step, lanes }: { step: LadderStep; lanes: number }): ReactNode {
  const { from, to, first, second, repeated } = step;
  const start = center(Math.min(from, to), lanes);
  const end = center(Math.max(from, to), lanes);
  return (
    <span
      className={from < to ? 'arrow forth' : 'arrow back'}
      style={{ insetInlineStart: `${start}%`, inlineSize: `${end - start}%` }}
    >
      <span className="label cut" title={`${first} ${second}`}>
        <b>{first}</b> {second}
        {repeated && ` · ${t('diagnostics:record.again')}`}
      </span>
    </span>
  );
}

function center(lane: number, lanes: number): number {
  return (100 * (lane + 0.5)) / lanes;
}

export function laneName({ kind }: Lane): string {
  return t(`diagnostics:record.lane.${kind}`);
}

/** "INVITE, from This phone to Server, 11:52:07.123". */
function sentence({ first, second, from, to, at, repeated }: LadderStep, lanes: readonly Lane[]): string {
  const [source, target] = [lanes[from], lanes[to]];
  const words = t('diagnostics:record.step', {
    message: `${first} ${second}`.trim(),
    from: source ? laneName(source) : '',
    to: target ? laneName(target) : '',
    time: traceTime(at),
  });
  return repeated ? `${words}, ${t('diagnostics:record.again')}` : words;
}

/** "+12 ms", "+3.4 s", "+2:05"; nothing for the first. */
function afterText(ms: number | null): string {
  if (ms === null) return '';
  if (ms < 1000) return t('diagnostics:record.afterMs', { ms: Math.max(0, Math.round(ms)) });
  if (ms < 60_000) return t('diagnostics:record.afterS', { s: (ms / 1000).toFixed(1) });
  return `+${formatDuration(ms)}`;
}
