// CallRow: a call in one line: the active one while browsing (a bar), a held one with Swap, an ended one with its reason.
import type { ReactNode } from 'react';
import type { Call } from '../../../contract/index.ts';
import { Avatar, Button, IconButton, run, shownNumber, t, problemText } from '../../common/index.ts';
import { EndCall, labelOf, surfaceOf } from './CallCard.tsx';
import { WishLine } from './TransferLine.tsx';
import { Timer } from './Timer.tsx';
import { heldSince, lookOf, nameOf } from './call-look.ts';
import './call-card.css';
import './call-row.css';

interface RowProps {
  call: Call;
  before?: ReactNode;
  meta: ReactNode;
  metaClass: string;
  children: ReactNode;
  /** On a line of its own. */
  below?: ReactNode;
}

function Row({ call, before, meta, metaClass, children, below }: RowProps): ReactNode {
  return (
    <section className={surfaceOf(call, 'row')} aria-label={labelOf(call)} data-call={call.id}>
      {before}
      <Avatar name={nameOf(call)} />
      <span className="grow">
        <span className="name cut" title={nameOf(call)}>
          {nameOf(call)}
        </span>
        <span className={`meta ${metaClass}`}>{meta}</span>
      </span>
      <span className="pair">{children}</span>
      {below && <span className="next-steps">{below}</span>}
    </section>
  );
}

/** "On hold · 2:08" */
function StateAndTime({ call }: { call: Call }): ReactNode {
  const look = lookOf(call);
  const word = t(`calls:state.${look.state}`);
  const since = heldSince(call) ?? look.since; // a call on hold tells how long it has been waiting
  return (
    <>
      {look.tone === 'held' ? <b>{word}</b> : word}
      {since !== null && (
        <>
          {' · '}
          <Timer since={since} />
        </>
      )}
    </>
  );
}

/** The active call while the person looks at something else: what it needs at once, and the way back to all of it. */
export function CallBar({ call, onMakeLarge }: { call: Call; onMakeLarge: () => void }): ReactNode {
  const { state } = lookOf(call);
  const isHeld = state === 'onHold';
  return (
    <Row
      call={call}
      before={
        <IconButton className="bare large" label={t('calls:makeLarge')} icon="chevron-up" onClick={onMakeLarge} />
      }
      metaClass={`whole ${state}`}
      meta={<StateAndTime call={call} />}
    >
      {isHeld ? (
        <IconButton
          label={t('calls:resume')}
          icon="play"
          onClick={() => void run({ type: 'hold', callId: call.id, on: false })}
        />
      ) : (
        <IconButton
          label={t(call.muted ? 'calls:unmute' : 'calls:mute')}
          icon={call.muted ? 'mic-off' : 'mic'}
          on={call.muted}
          onClick={() => void run({ type: 'mute', callId: call.id, on: !call.muted })}
        />
      )}
      <EndCall call={call} />
    </Row>
  );
}

/** A call beside the active one: held, it can be swapped in; in any other state it can be ended. */
export function OtherCall({ call, joinTo }: { call: Call; joinTo: Call | null }): ReactNode {
  const { state } = lookOf(call);
  return (
    <Row call={call} metaClass={`whole ${state}`} meta={<StateAndTime call={call} />}>
      {state === 'onHold' ? (
        <>
          <Button icon="arrow-up-down" onClick={() => void run({ type: 'make-active', callId: call.id })}>
            {t('calls:swap')}
          </Button>
          {joinTo && (
            <Button
              icon="merge"
              title={t('calls:joinHint')}
              onClick={() => void run({ type: 'join', callIds: [joinTo.id, call.id] })}
            >
              {t('calls:join')}
            </Button>
          )}
        </>
      ) : (
        <>
          {call.joined && (
            <IconButton
              label={t('calls:takeOut')}
              icon="undo-2"
              onClick={() => void run({ type: 'split', callId: call.id })}
            />
          )}
          <EndCall call={call} />
        </>
      )}
    </Row>
  );
}

/** The reason in a sentence where there is one; else the word. */
function endingOf(call: Call): string {
  const { phase, startedAt } = call;
  if (phase.name !== 'ended') return '';
  if (call.transfer?.name === 'done') {
    const { name, number } = call.transfer.to;
    return t('calls:transfer.done', { name: name ?? shownNumber(number) });
  }
  if (phase.reason) return problemText(phase.reason);
  if (phase.result === 'no-answer') {
    return t('calls:noAnswerAfter', { seconds: Math.max(0, Math.round((phase.at - startedAt) / 1000)) });
  }
  return t(`calls:state.${lookOf(call).state}`);
}

/** How it ended; our own attempts can be repeated from here. */
export function EndedCall({ call, onClose }: { call: Call; onClose: () => void }): ReactNode {
  const { phase, direction, accountId, party } = call;
  if (phase.name !== 'ended') return null;
  if (call.wish) {
    return (
      <section className={surfaceOf(call, 'card')} aria-label={labelOf(call)} data-call={call.id}>
        <WishLine call={call} />
      </section>
    );
  }
  const redial = () => {
    onClose();
    const person = party.personId === undefined ? {} : { personId: party.personId };
    void run({ type: 'call', target: party.number, accountId, ...person });
  };
  const isOurs = direction === 'outgoing' && phase.result !== 'answered' && phase.result !== 'cancelled';
  const again = isOurs && (
    <Button icon="phone" onClick={redial}>
      {t('calls:redial')}
    </Button>
  );
  const whenFree = isOurs && phase.result === 'busy' && (
    <Button
      icon="bell"
      onClick={() => {
        void run({ type: 'call-back-when-free', callId: call.id });
        onClose();
      }}
    >
      {t('calls:callBack.ask')}
    </Button>
  );
  const steps = (
    <>
      {again}
      {whenFree}
    </>
  );
  return (
    <Row call={call} metaClass="whole" meta={endingOf(call)} below={whenFree && steps}>
      {!whenFree && again}
      <IconButton className="bare" label={t('calls:close')} icon="x" onClick={onClose} />
    </Row>
  );
}
