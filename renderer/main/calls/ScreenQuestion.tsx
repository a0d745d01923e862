// ScreenQuestion: which screen or window the other side is shown, by small pictures; a single one is shown at once.
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { Call, ShowableSource } from '../../../contract/index.ts';
import { ask, Button, Icon, moveFocus, problemText, run, showToast, t } from '../../common/index.ts';
import './screen-question.css';

const columns = 2;

export interface ShowScreen {
  /** What there is to choose from; null: nothing is asked. */
  sources: readonly ShowableSource[] | null;
  /** The button was pressed. */
  start: () => void;
  /** The answer to the question; null calls it off. */
  answer: (source: ShowableSource | null) => void;
}

export function useShowScreen(call: Call): ShowScreen {
  const [sources, setSources] = useState<readonly ShowableSource[] | null>(null);
  const show = (source: ShowableSource | undefined) => {
    void run({ type: 'set-video', callId: call.id, source: 'screen', ...(source && { screen: source.id }) });
  };
  const start = async () => {
    const outcome = await ask({ type: 'screens' });
    if (!outcome.ok) showToast({ kind: 'problem', text: problemText(outcome.problem) });
    else if (outcome.value.length > 1) setSources(outcome.value);
    else show(outcome.value[0]);
  };
  const { phase } = call;
  const canShow = phase.name === 'connected' && !phase.hold.byUs;
  if (!canShow && sources !== null) setSources(null);
  return {
    sources,
    start: () => void start(),
    answer: (source) => {
      setSources(null);
      if (source) show(source);
    },
  };
}

export interface ScreenQuestionProps {
  sources: readonly ShowableSource[];
  onAnswer: (source: ShowableSource | null) => void;
}

/** It takes the place of the button that asked, so the focus goes to its first choice; Esc calls it off. */
export function ScreenQuestion({ sources, onAnswer }: ScreenQuestionProps): ReactNode {
  const choices = useRef<HTMLDivElement>(null);
  useEffect(() => choices.current?.querySelector('button')?.focus(), []);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    onAnswer(null);
  };
  return (
    <div className="question screen-question" role="group" aria-label={t('calls:pictures.which')} onKeyDown={onKeyDown}>
      <div>
        <b>{t('calls:pictures.which')}</b>
        <p>{t('calls:pictures.whichNote')}</p>
      </div>
      <div className="choices" ref={choices} onKeyDown={(event) => moveFocus(event, columns)}>
        {sources.map((source, index) => (
          <button key={source.id} type="button" tabIndex={index === 0 ? 0 : -1} onClick={() => onAnswer(source)}>
            <span className="picture">
              {source.picture === null ? (
                <Icon name={source.kind === 'screen' ? 'monitor' : 'app-window'} size={20} />
              ) : (
                <img src={source.picture} alt="" />
              )}
            </span>
            <span className="cut" dir="auto" title={source.name}>
              {source.name}
            </span>
          </button>
        ))}
      </div>
      <Button className="ghost" onClick={() => onAnswer(null)}>
        {t('cancel')}
      </Button>
    </div>
  );
}
