// Compose: the next message. Enter sends, Shift and Enter makes a new line.
import { useState, type ReactNode } from 'react';
import { longestMessage } from '../../../contract/index.ts';
import { Button, run, t } from '../../common/index.ts';

export interface ComposeProps {
  /** '': nobody to send it to yet. */
  target: string;
  onSent: () => void;
}

export function Compose({ target, onSent }: ComposeProps): ReactNode {
  const [text, setText] = useState('');
  const notNow =
    target === '' ? t('main:messages.needsTarget') : text.trim() === '' ? t('main:messages.needsText') : null;
  const send = async (): Promise<void> => {
    if (notNow !== null) return;
    const { ok } = await run({ type: 'send-message', target, text });
    if (!ok) return;
    setText('');
    onSent();
  };
  return (
    <div className="compose">
      <textarea
        aria-label={t('main:messages.text')}
        placeholder={t('main:messages.text')}
        rows={2}
        maxLength={longestMessage}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          void send();
        }}
      />
      <Button kind="primary" disabledReason={notNow} onClick={() => void send()}>
        {t('main:messages.send')}
      </Button>
    </div>
  );
}
