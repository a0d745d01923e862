// WaitingLines: calls that are parked at the server, and people who are to be called when they are free.
import type { ReactNode } from 'react';
import type { CallBack, ParkedCall } from '../../../contract/index.ts';
import { Button, Icon, IconButton, run, shownNumber, t, usePhone } from '../../common/index.ts';
import { Timer } from './Timer.tsx';
import './waiting-lines.css';

export function WaitingLines(): ReactNode {
  const parked = usePhone((state) => state.parked);
  const callBacks = usePhone((state) => state.callBacks);
  if (parked.length === 0 && callBacks.length === 0) return null;
  return (
    <ul className="waiting-lines" aria-label={t('calls:waitingLines')}>
      {callBacks.map((callBack) => (
        <CallBackLine key={callBack.id} callBack={callBack} />
      ))}
      {parked.map((call) => (
        <ParkedLine key={call.callId} call={call} />
      ))}
    </ul>
  );
}

function CallBackLine({ callBack: { id, party, isFree } }: { callBack: CallBack }): ReactNode {
  const name = party.name ?? shownNumber(party.number);
  return (
    <li className={isFree ? 'is-free' : undefined} role={isFree ? 'alert' : undefined}>
      <Icon name="bell" />
      <span className="grow cut">{t(isFree ? 'calls:callBack.free' : 'calls:callBack.busy', { name })}</span>
      {isFree && (
        <Button kind="call" small icon="phone" onClick={() => void run({ type: 'call-back-now', id })}>
          {t('calls:callBack.now')}
        </Button>
      )}
      <IconButton
        className="bare"
        label={t('calls:callBack.cancel', { name })}
        icon="x"
        onClick={() => void run({ type: 'cancel-call-back', id })}
      />
    </li>
  );
}

function ParkedLine({ call: { callId, party, since } }: { call: ParkedCall }): ReactNode {
  const name = party.name ?? shownNumber(party.number);
  return (
    <li>
      <Icon name="pause" />
      <span className="grow cut">
        {t('calls:park.parked', { name })} <Timer since={since} />
      </span>
      <Button small onClick={() => void run({ type: 'retrieve', callId })}>
        {t('calls:park.retrieve')}
      </Button>
      <IconButton
        className="bare"
        label={t('calls:park.forget', { name })}
        icon="x"
        onClick={() => void run({ type: 'forget-parked', callId })}
      />
    </li>
  );
}
