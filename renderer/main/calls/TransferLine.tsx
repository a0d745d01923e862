// TransferLine: how a transfer stands, and what can be done about it; and the question when the other side wants us to call somebody.
import type { ReactNode } from 'react';
import type { Call, Party } from '../../../contract/index.ts';
import { Button, Icon, IconButton, run, shownNumber, t, usePhone, problemText } from '../../common/index.ts';
import { nameOf } from './call-look.ts';
import './transfer-line.css';

function partyName({ name, number }: Party): string {
  return name ?? shownNumber(number);
}

/** The call whose other side waits while this one's is asked; null when this is no such call. */
function useCallerOf(call: Call): Call | null {
  return usePhone(
    (state) =>
      state.calls.find(({ transfer }) => transfer?.name === 'asking-first' && transfer.consultationId === call.id) ??
      null,
  );
}

/** On the call with whom is asked first: give the caller over, or go back to them. */
export function AskingLine({ call }: { call: Call }): ReactNode {
  const caller = useCallerOf(call);
  if (!caller || call.phase.name === 'ended') return null;
  const notYet = call.phase.name === 'connected' ? null : t('calls:whenConnected');
  return (
    <div className="transfer-line" role="group" aria-label={t('calls:transfer.asking', { name: nameOf(caller) })}>
      <span className="words">{t('calls:transfer.asking', { name: nameOf(caller) })}</span>
      <div className="pair">
        <Button
          kind="primary"
          icon="phone-forwarded"
          disabledReason={notYet}
          onClick={() => void run({ type: 'complete-transfer', callId: caller.id })}
        >
          {t('calls:transfer.complete')}
        </Button>
        <Button icon="undo-2" onClick={() => void run({ type: 'back-to-caller', callId: caller.id })}>
          {t('calls:transfer.back')}
        </Button>
      </div>
    </div>
  );
}

/** On the caller's call: being transferred, or why it did not work. */
export function TransferLine({ call }: { call: Call }): ReactNode {
  const { transfer } = call;
  if (transfer?.name === 'transferring') {
    return (
      <p className="transfer-line" role="status">
        <Icon name="phone-forwarded" size={14} />
        {t('calls:transfer.transferring', { name: partyName(transfer.to) })}
      </p>
    );
  }
  if (transfer?.name !== 'failed') return null;
  return (
    <div className="transfer-line failed" role="status" title={transfer.reason.detail}>
      <Icon name="triangle-alert" size={14} />
      <span className="grow">
        {t('calls:transfer.failed', { name: partyName(transfer.to), reason: problemText(transfer.reason) })}
      </span>
      <IconButton
        label={t('calls:close')}
        icon="x"
        onClick={() => void run({ type: 'back-to-caller', callId: call.id })}
      />
    </div>
  );
}

/** They want us to call somebody: nothing happens before the answer. */
export function WishLine({ call }: { call: Call }): ReactNode {
  const { wish } = call;
  if (!wish) return null;
  const words = { from: nameOf(call), name: partyName(wish.to), number: shownNumber(wish.to.number) };
  const question = t(`calls:wish.${wish.name}`, words);
  return (
    <div className="transfer-line" role="alert">
      <span className="words">{question}</span>
      <div className="pair">
        <Button kind="call" icon="phone" onClick={() => void run({ type: 'answer-wish', callId: call.id, yes: true })}>
          {t('calls:wish.yes')}
        </Button>
        <Button onClick={() => void run({ type: 'answer-wish', callId: call.id, yes: false })}>
          {t('calls:wish.no')}
        </Button>
      </div>
    </div>
  );
}
