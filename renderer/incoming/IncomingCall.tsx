// IncomingCall: who calls, on which line, and what can be done. The longest waiting has the card, the others a row each.
import type { ReactNode, Ref } from 'react';
import type { AccountState, Call } from '../../contract/index.ts';
import {
  Button,
  Chip,
  Icon,
  IconButton,
  keyText,
  PersonAvatar,
  platform,
  run,
  t,
  shownNumber,
} from '../common/index.ts';
import { CallerRings } from '../common/CallerRings.tsx';
import { CallFacts } from './CallFacts.tsx';
import { DeclineMessages } from './DeclineMessages.tsx';
import './incoming-call.css';

export interface IncomingCallProps {
  /** At least one, the longest waiting first. */
  callers: readonly Call[];
  accounts: readonly AccountState[];
  /** All calls, for the one whose place a new one takes. */
  calls: readonly Call[];
  messagesOpen: boolean;
  onToggleMessages: () => void;
  cardRef: Ref<HTMLDivElement>;
}

export function IncomingCall(props: IncomingCallProps): ReactNode {
  const { callers, accounts, calls, messagesOpen, onToggleMessages, cardRef } = props;
  const [first, ...others] = callers;
  if (!first) return null;
  const label =
    others.length > 0 ? t('incoming:several', { count: callers.length }) : t('incoming:from', { name: nameOf(first) });
  return (
    <div className="incoming-call" role="alertdialog" aria-label={label} ref={cardRef}>
      <div className="first">
        <div className="app">
          <Icon name="hookswitch" className="mark" />
          <span className="cut">
            {first.autoAnswered ? t('incoming:titleItself') : titleOf(isSilenced(first), others.length)}
          </span>
          <CalledLine accounts={accounts} accountId={first.accountId} />
        </div>
        <Caller call={first} />
        <CallFacts call={first} calls={calls} />
        <Answers call={first} messagesOpen={messagesOpen} onToggleMessages={onToggleMessages} />
        {messagesOpen && <DeclineMessages call={first} />}
      </div>
      {others.map((call) => (
        <NextCaller key={call.id} call={call} accounts={accounts} />
      ))}
    </div>
  );
}

function nameOf({ party }: Call): string {
  return party.name ?? shownNumber(party.number);
}

function isSilenced({ phase }: Call): boolean {
  return phase.name === 'incoming' && phase.silenced;
}

function titleOf(silenced: boolean, more: number): string {
  if (more === 0) return t(silenced ? 'incoming:titleSilenced' : 'incoming:title');
  return t(silenced ? 'incoming:titleMoreSilenced' : 'incoming:titleMore', { count: more });
}

function accountOf(accounts: readonly AccountState[], accountId: string) {
  return accounts.find(({ config }) => config.id === accountId)?.config;
}

/** "Work · 4410": the line, and its number where the address has one. */
function CalledLine({ accounts, accountId }: { accounts: readonly AccountState[]; accountId: string }): ReactNode {
  const account = accountOf(accounts, accountId);
  if (!account) return null;
  const user = account.address.slice(0, account.address.lastIndexOf('@'));
  const isNumber = /^\+?[\d*#]+$/.test(user) && user !== account.label;
  return (
    <Chip className="called">
      <span className="cut">{account.label}</span>
      {isNumber && (
        <>
          <span>·</span>
          <span className="num">{user}</span>
        </>
      )}
    </Chip>
  );
}

function Caller({ call }: { call: Call }): ReactNode {
  const { party } = call;
  const avatar = <PersonAvatar name={nameOf(call)} size="xl" personId={party.personId} />;
  const unknown = party.personId === undefined ? t('incoming:notInContacts') : undefined;
  const second = party.name === undefined ? unknown : <span className="num">{shownNumber(party.number)}</span>;
  const third = party.name === undefined ? party.company : (party.company ?? unknown);
  return (
    <div className="caller">
      {isSilenced(call) ? avatar : <CallerRings>{avatar}</CallerRings>}
      <div className="grow">
        <h1 className="name cut" title={nameOf(call)}>
          {party.name ?? <span className="num">{shownNumber(party.number)}</span>}
        </h1>
        {second && <span className="line-2 cut">{second}</span>}
        {third && <span className="line-3 cut">{third}</span>}
      </div>
    </div>
  );
}

interface AnswersProps {
  call: Call;
  messagesOpen: boolean;
  onToggleMessages: () => void;
}

/** Answer stands first in the document, so that it is the first tab stop, and last on screen. */
function Answers({ call, messagesOpen, onToggleMessages }: AnswersProps): ReactNode {
  const silenced = isSilenced(call);
  const act = (type: 'answer' | 'decline') => () => void run({ type, callId: call.id });
  return (
    <div className="answers">
      <Button kind="call" tall icon="phone" title={keyText('answer', platform())} onClick={act('answer')}>
        {t('calls:answer')}
      </Button>
      <Button kind="end" tall icon="phone" title={keyText('decline', platform())} onClick={act('decline')}>
        {t('calls:decline')}
      </Button>
      <Button
        kind="quiet"
        tall
        icon={silenced ? 'bell' : 'bell-off'}
        className={silenced ? 'silenced' : undefined}
        onClick={() => void run({ type: 'silence', callId: call.id, on: !silenced })}
      >
        {t(silenced ? 'calls:ring' : 'calls:silence')}
      </Button>
      <IconButton
        className="instead"
        label={t('incoming:messageInstead')}
        icon="message-square"
        size={20}
        aria-expanded={messagesOpen}
        onClick={onToggleMessages}
      />
    </div>
  );
}

function NextCaller({ call, accounts }: { call: Call; accounts: readonly AccountState[] }): ReactNode {
  const name = nameOf(call);
  const label = accountOf(accounts, call.accountId)?.label;
  return (
    <div className="next">
      <PersonAvatar name={name} personId={call.party.personId} />
      <span className="grow">
        <span className="name cut" title={name}>
          {name}
        </span>
        <span className="line-3 cut">
          {label}
          {label && call.party.name !== undefined && ' · '}
          {call.party.name !== undefined && <span className="num">{shownNumber(call.party.number)}</span>}
        </span>
      </span>
      <IconButton
        kind="end"
        icon="phone"
        size={16}
        label={t('incoming:declineOne', { name })}
        onClick={() => void run({ type: 'decline', callId: call.id })}
      />
      <IconButton
        kind="call"
        icon="phone"
        size={16}
        label={t('incoming:answerOne', { name })}
        onClick={() => void run({ type: 'answer', callId: call.id })}
      />
    </div>
  );
}
