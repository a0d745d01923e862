// CallNote: what the person writes down during a call; kept with it in the recents.
import { useState, type ReactNode } from 'react';
import { longestNote, type Call } from '../../../contract/index.ts';
import { run, t } from '../../common/index.ts';

export function CallNote({ call }: { call: Call }): ReactNode {
  const [typed, setTyped] = useState<string | null>(null);
  const save = (): void => {
    if (typed === null || typed === call.note) return;
    void run({ type: 'set-note', callId: call.id, note: typed });
  };
  return (
    <textarea
      className="call-note"
      aria-label={t('main:noteOn')}
      placeholder={t('main:noteOn')}
      rows={1}
      maxLength={longestNote}
      value={typed ?? call.note}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={save}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter' && !event.shiftKey) event.currentTarget.blur();
      }}
    />
  );
}
