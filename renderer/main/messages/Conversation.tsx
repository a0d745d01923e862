// Conversation: messages with one number, the newest at the foot, and the field to write the next.
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { TextMessage } from '../../../contract/index.ts';
import {
  Button,
  dayHeading,
  IconButton,
  run,
  shownNumber,
  startOfDay,
  t,
  TextField,
  useToday,
  usePhone,
  useQuery,
} from '../../common/index.ts';
import { Compose } from './Compose.tsx';
import { deliveryWord, messageFoot } from './message-words.ts';
import { openConversation } from './open-conversation.ts';

/** The last ones; older ones stay in the history file. */
const shown = 200;

export interface ConversationProps {
  /** '': a new one, whose number is still to be typed. */
  number: string;
  onBack: () => void;
}

export function Conversation({ number, onBack }: ConversationProps): ReactNode {
  const revision = usePhone((state) => state.messagesRevision);
  const unread = usePhone((state) => state.unreadMessages);
  const [target, setTarget] = useState('');
  const { data } = useQuery(number === '' ? null : { type: 'messages', number, offset: 0, limit: shown }, revision);
  useEffect(() => {
    if (number !== '' && unread > 0) void run({ type: 'mark-messages-seen', number }, { quiet: true });
  }, [number, unread]);
  const messages = data?.rows.toReversed() ?? [];
  const name = messages.findLast((message) => message.name !== undefined)?.name;
  const title = number === '' ? t('main:messages.new') : (name ?? shownNumber(number));
  return (
    <section className="conversation" aria-label={t('main:messages.with', { name: title })}>
      <div className="back-line">
        <IconButton label={t('back')} icon="chevron-left" size={20} onClick={onBack} />
        <h1 className="grow cut" title={title}>
          {title}
        </h1>
        {number !== '' && (
          <IconButton
            label={t('main:callName', { name: title })}
            icon="phone"
            kind="call"
            onClick={() => void run({ type: 'call', target: number })}
          />
        )}
      </div>
      {number === '' && <TextField label={t('main:messages.to')} value={target} onChange={setTarget} />}
      <MessageList messages={messages} />
      <Compose
        target={number === '' ? target.trim() : number}
        onSent={() => {
          if (number === '') openConversation(null);
        }}
      />
    </section>
  );
}

function MessageList({ messages }: { messages: readonly TextMessage[] }): ReactNode {
  const end = useRef<HTMLDivElement>(null);
  const today = useToday();
  const count = messages.length;
  useEffect(() => {
    if (count > 0) end.current?.scrollIntoView({ block: 'end' });
  }, [count]);
  return (
    <div className="message-list" role="log" aria-label={t('main:messages.title')}>
      {messages.map((message, index) => {
        const before = messages[index - 1];
        const isNewDay = !before || startOfDay(before.at) !== startOfDay(message.at);
        return (
          <div key={message.id} className="message-place">
            {isNewDay && <h2 className="group-head">{dayHeading(message.at, today)}</h2>}
            <Bubble message={message} />
          </div>
        );
      })}
      <div ref={end} />
    </div>
  );
}

function Bubble({ message }: { message: TextMessage }): ReactNode {
  const isOurs = message.state !== 'received';
  return (
    <div className={isOurs ? 'message ours' : 'message'}>
      <p dir="auto">{message.text}</p>
      <span className="foot num">{messageFoot(message)}</span>
      {message.state === 'failed' && (
        <span className="why" role="status">
          {deliveryWord(message)}
          <Button onClick={() => void run({ type: 'retry-message', messageId: message.id })}>
            {t('main:messages.retry')}
          </Button>
        </span>
      )}
    </div>
  );
}
