// What a message says of itself: what became of it, and when.
import type { TextMessage } from '../../../contract/index.ts';
import { formatTime, t } from '../../common/index.ts';

/** "Delivered", "Not delivered: nobody there"; null for one of theirs. */
export function deliveryWord({ state, reason }: TextMessage): string | null {
  switch (state) {
    case 'received':
      return null;
    case 'sending':
      return t('main:messages.sending');
    case 'delivered':
      return t('main:messages.delivered');
    case 'accepted':
      return t('main:messages.accepted');
    case 'failed':
      return reason === undefined ? t('main:messages.failed') : t('main:messages.failedWhy', { reason });
  }
}

/** "11:52 · Delivered". */
export function messageFoot(message: TextMessage): string {
  const word = message.state === 'failed' ? null : deliveryWord(message);
  return word === null ? formatTime(message.at) : `${formatTime(message.at)} · ${word}`;
}
