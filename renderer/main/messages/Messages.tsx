// Messages: conversations, the newest first, and the one that is open.
import type { ReactNode } from 'react';
import type { Conversation as Row } from '../../../contract/index.ts';
import {
  Avatar,
  Banner,
  Button,
  dayHeading,
  EmptyState,
  formatTime,
  problemText,
  shownNumber,
  t,
  useToday,
  usePhone,
  useQuery,
} from '../../common/index.ts';
import { Conversation } from './Conversation.tsx';
import { openConversation, useOpenConversation } from './open-conversation.ts';
import './messages.css';

/** As many as one question may bring. */
const most = 500;

export function Messages(): ReactNode {
  const revision = usePhone((state) => state.messagesRevision);
  const { data, problem } = useQuery({ type: 'conversations', offset: 0, limit: most }, revision);
  const open = useOpenConversation();
  if (open !== null) return <Conversation key={open} number={open} onBack={() => openConversation(null)} />;
  return (
    <div className="messages">
      <div className="messages-head">
        <h1 className="grow">{t('main:messages.title')}</h1>
        <Button icon="message-square" onClick={() => openConversation('')}>
          {t('main:messages.write')}
        </Button>
      </div>
      {problem && <Banner kind="error" title={t('main:messages.noAnswer')} text={problemText(problem)} />}
      {data?.total === 0 && (
        <EmptyState icon="message-square" title={t('main:messages.none')} text={t('main:messages.noneText')} />
      )}
      <ul className="conversations" aria-label={t('main:messages.title')}>
        {data?.rows.map((row) => (
          <ConversationRow key={row.last.number} row={row} />
        ))}
      </ul>
    </div>
  );
}

function ConversationRow({ row: { last, unread } }: { row: Row }): ReactNode {
  const today = useToday();
  const name = last.name ?? shownNumber(last.number);
  const when = last.at >= today ? formatTime(last.at) : dayHeading(last.at, today);
  return (
    <li>
      <button
        type="button"
        className={unread > 0 ? 'conversation-row is-new' : 'conversation-row'}
        onClick={() => openConversation(last.number)}
      >
        <Avatar name={name} />
        <span className="grow">
          <span className="name cut" title={name}>
            {name}
          </span>
          <span className={last.state === 'failed' ? 'sub cut why' : 'sub cut'}>
            {last.state === 'failed' ? t('main:messages.failed') : last.text}
          </span>
        </span>
        <span className="side">
          <span className="num">{when}</span>
          {unread > 0 && (
            <span className="badge" role="img" aria-label={t('main:messages.unread', { count: unread })}>
              {unread > 99 ? '99+' : unread}
            </span>
          )}
        </span>
      </button>
    </li>
  );
}
