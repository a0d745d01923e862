// DeclineMessages: what a caller who is turned away may be told instead of nothing. Opens under the answers.
import type { ReactNode } from 'react';
import type { Call } from '../../contract/index.ts';
import { run, t } from '../common/index.ts';

const texts = ['later', 'meeting', 'write'] as const;

export function DeclineMessages({ call }: { call: Call }): ReactNode {
  return (
    <ul className="decline-messages" aria-label={t('incoming:messageInstead')}>
      {texts.map((key) => {
        const message = t(`incoming:message.${key}`);
        return (
          <li key={key}>
            <button type="button" onClick={() => void run({ type: 'decline', callId: call.id, message })}>
              {message}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
