// RecordQuestion: before the first recording, what the law asks of who records; later a press records at once.
import { useState, type ReactNode } from 'react';
import type { Call } from '../../../contract/index.ts';
import { Button, run, t, usePhone } from '../../common/index.ts';

export interface Record {
  isAsking: boolean;
  /** The button was pressed. */
  start: () => void;
  /** The answer to the question. */
  answer: (yes: boolean) => void;
}

export function useRecord(call: Call): Record {
  const isExplained = usePhone((state) => state.preferences.recordingExplained ?? false);
  const [asked, setAsked] = useState(false);
  const record = () => void run({ type: 'record', callId: call.id, on: true });
  return {
    isAsking: asked && call.phase.name === 'connected',
    start: () => (isExplained ? record() : setAsked(true)),
    answer: (yes) => {
      setAsked(false);
      if (!yes) return;
      void run({ type: 'set-preferences', preferences: { recordingExplained: true } });
      record();
    },
  };
}

export function RecordQuestion({ record }: { record: Record }): ReactNode {
  const hasTone = usePhone((state) => state.preferences.recordingTone ?? true);
  return (
    <div className="question" role="group" aria-label={t('calls:recordQuestion')}>
      <div>
        <b>{t('calls:recordQuestion')}</b>
        <p>{t(hasTone ? 'calls:recordNotice' : 'calls:recordNoticeSilent')}</p>
      </div>
      <div className="pair">
        <Button className="ghost" onClick={() => record.answer(false)}>
          {t('calls:recordNo')}
        </Button>
        <Button className="light" icon="circle-dot" onClick={() => record.answer(true)}>
          {t('calls:recordYes')}
        </Button>
      </div>
    </div>
  );
}
