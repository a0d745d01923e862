// WaitingCall: somebody calls and waits for an answer, shown in the main window too.
import type { ReactNode } from 'react';
import type { Call } from '../../../contract/index.ts';
import { Avatar, Button, keyText, platform, run, t, shownNumber } from '../../common/index.ts';
import { CallerRings } from '../../common/CallerRings.tsx';
import { nameOf } from './call-look.ts';
import './call-card.css';

export interface WaitingCallProps {
  call: Call;
  /** The line that was called; null where there is only one. */
  accountLabel: string | null;
  /** The call that an answer puts on hold. */
  talkingTo: Call | null;
}

export function WaitingCall({ call, accountLabel, talkingTo }: WaitingCallProps): ReactNode {
  const isSilenced = call.phase.name === 'incoming' && call.phase.silenced;
  const avatar = <Avatar name={nameOf(call)} size="m" />;
  const answerKey = ` (${keyText('answer', platform())})`;
  return (
    <section
      className="call-card paper waiting"
      aria-label={t('calls:incomingFrom', { name: nameOf(call) })}
      data-call={call.id}
    >
      <div className="identity">
        {isSilenced ? <span className="rings still">{avatar}</span> : <CallerRings>{avatar}</CallerRings>}
        <span className="grow">
          <span className="name cut" title={nameOf(call)}>
            {nameOf(call)}
          </span>
          <span className="meta cut">
            <WhatIsKnown call={call} accountLabel={accountLabel} />
          </span>
        </span>
      </div>
      <div className="answers">
        <Button
          kind="quiet"
          className={isSilenced ? 'silenced' : undefined}
          onClick={() => void run({ type: 'silence', callId: call.id, on: !isSilenced })}
        >
          {t(isSilenced ? 'calls:ring' : 'calls:silence')}
        </Button>
        <Button kind="end" icon="phone" onClick={() => void run({ type: 'decline', callId: call.id })}>
          {t('calls:decline')}
        </Button>
        <Button
          kind="call"
          icon="phone"
          title={(talkingTo ? t('calls:answerAndHold', { name: nameOf(talkingTo) }) : t('calls:answer')) + answerKey}
          onClick={() => void run({ type: 'answer', callId: call.id })}
        >
          {t('calls:answer')}
        </Button>
      </div>
    </section>
  );
}

function WhatIsKnown({ call, accountLabel }: { call: Call; accountLabel: string | null }): ReactNode {
  const { party } = call;
  const parts: ReactNode[] = [];
  if (accountLabel !== null) parts.push(t('calls:callsAccount', { account: accountLabel }));
  if (party.name !== undefined) parts.push(<span className="num">{shownNumber(party.number)}</span>);
  if (parts.length < 2 && party.company) parts.push(party.company);
  if (parts.length === 0) parts.push(t('calls:state.incoming'));
  return parts.map((part, index) => (
    <span key={index}>
      {index > 0 && ' · '}
      {part}
    </span>
  ));
}
