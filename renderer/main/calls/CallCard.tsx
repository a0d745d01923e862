// CallCard: the active call in full: state, who, controls, devices, and End call at its foot.
import { useState, type ReactNode } from 'react';
import type { Call } from '../../../contract/index.ts';
import {
  Avatar,
  Button,
  Chip,
  Icon,
  IconButton,
  keyText,
  platform,
  run,
  t,
  shownNumber,
  usePhone,
  problemText,
} from '../../common/index.ts';
import { CallerRings } from '../../common/CallerRings.tsx';
import { CallControls, keypadNotNow } from './CallControls.tsx';
import { CallNote } from './CallNote.tsx';
import { DeviceMenu } from './DeviceMenu.tsx';
import { Keypad } from './Keypad.tsx';
import { PartyLine } from './PartyLine.tsx';
import { PictureControls } from './PictureControls.tsx';
import { QualityMeter } from './QualityMeter.tsx';
import { RecordQuestion, useRecord } from './RecordQuestion.tsx';
import { ScreenQuestion, useShowScreen } from './ScreenQuestion.tsx';
import { AskingLine, TransferLine, WishLine } from './TransferLine.tsx';
import { SecurityLock } from './SecurityLock.tsx';
import { Timer } from './Timer.tsx';
import { heldSince, lookOf, nameOf } from './call-look.ts';
import './call-card.css';

const toneClass = { ink: 'call-card', paper: 'call-card paper', held: 'call-card paper held' } as const;

/** The classes of a call's surface, in full or as a row. */
export function surfaceOf(call: Call, size: 'card' | 'row'): string {
  const tone = toneClass[lookOf(call).tone];
  return size === 'row' ? `${tone} row` : tone;
}

export function labelOf(call: Call): string {
  const key = lookOf(call).tone === 'held' ? 'calls:callWithHeld' : 'calls:callWith';
  return t(key, { name: nameOf(call) });
}

export function EndCall({ call, tall }: { call: Call; tall?: boolean }): ReactNode {
  return (
    <Button
      kind="end"
      icon="phone"
      tall={tall ?? false}
      title={`${t('calls:endCall')} (${keyText('hangUp', platform())})`}
      onClick={() => void run({ type: 'hang-up', callId: call.id })}
    >
      {t('calls:endCall')}
    </Button>
  );
}

function StateMark({ state }: { state: string }): ReactNode {
  if (state === 'muted') return <Icon name="mic-off" size={14} />;
  if (state === 'conference') return <Icon name="users" size={14} />;
  if (state === 'onHold' || state === 'onHoldByThem') return <Icon name="pause" size={14} fill />;
  return <span className="live" />;
}

export interface CallCardProps {
  call: Call;
  /** Shown where it is not clear by itself: before the call is connected, and with several accounts. */
  accountLabel: string | null;
  onMakeSmall: () => void;
}

export function CallCard({ call, accountLabel, onMakeSmall }: CallCardProps): ReactNode {
  const [isKeypadOpen, setKeypadOpen] = useState(false);
  /** The button whose panel was closed: the focus goes back to it, and to no other one later. */
  const [left, setLeft] = useState<'keypad' | 'screen' | null>(null);
  const record = useRecord(call);
  const show = useShowScreen(call);
  const isVideoOn = usePhone((state) => state.preferences.video ?? false);
  const look = lookOf(call);
  const held = heldSince(call);
  const showsKeypad = isKeypadOpen && keypadNotNow(call) === null;
  const closeKeypad = () => {
    setKeypadOpen(false);
    setLeft('keypad');
  };
  return (
    <section className={surfaceOf(call, 'card')} aria-label={labelOf(call)} data-call={call.id}>
      <div className="top">
        <span className={`state ${look.state}`}>
          <StateMark state={look.state} />
          <span className="cut">{t(`calls:state.${look.state}`)}</span>
        </span>
        {held !== null && <Timer since={held} className="held-time" />}
        {call.recordingSince !== null && (
          <span className="recording">
            <span className="live" />
            {t('calls:recording')}
          </span>
        )}
        <span className="grow" />
        {accountLabel !== null && (
          <Chip className="account">
            <span className="cut">{accountLabel}</span>
          </Chip>
        )}
        <QualityMeter call={call} />
        <SecurityLock call={call} />
        <IconButton label={t('calls:makeSmall')} icon="chevron-down" onClick={onMakeSmall} />
      </div>
      {look.since === null ? <Ringing call={call} /> : <Talking call={call} since={look.since} />}
      {call.problem && (
        <p className="trouble" role="status" title={call.problem.detail}>
          <Icon name="triangle-alert" size={14} />
          {problemText(call.problem)}
        </p>
      )}
      {call.pictures?.offered && call.pictures.ours === 'off' && isVideoOn && (
        <p className="offered" role="status">
          <Icon name="eye" size={14} />
          {t('calls:pictures.theyShow', { name: nameOf(call) })}
        </p>
      )}
      {call.autoAnswered && look.since !== null && (
        <p className="itself" role="status">
          <Icon name={call.muted ? 'mic-off' : 'mic'} size={14} />
          {t('calls:answeredItself')}
        </p>
      )}
      <WishLine call={call} />
      <TransferLine call={call} />
      <AskingLine call={call} />
      {look.since !== null && !showsKeypad && show.sources === null && <CallNote call={call} />}
      {record.isAsking ? (
        <RecordQuestion record={record} />
      ) : show.sources !== null ? (
        <ScreenQuestion
          sources={show.sources}
          onAnswer={(source) => {
            setLeft(source ? null : 'screen');
            show.answer(source);
          }}
        />
      ) : showsKeypad ? (
        <Keypad call={call} onClose={closeKeypad} />
      ) : (
        <>
          <CallControls
            call={call}
            hasFocus={left === 'keypad'}
            onKeypad={() => {
              setLeft(null);
              setKeypadOpen(true);
            }}
            onRecord={() => {
              setLeft(null);
              record.start();
            }}
          />
          <PictureControls
            call={call}
            hasFocus={left === 'screen'}
            onShowScreen={() => {
              setLeft(null);
              show.start();
            }}
          />
        </>
      )}
      <div className="foot">
        {showsKeypad ? (
          <Button tall className="ghost grow" onClick={closeKeypad}>
            {t('calls:hideKeypad')}
          </Button>
        ) : (
          <DeviceMenu />
        )}
        <EndCall call={call} tall />
      </div>
    </section>
  );
}

function Ringing({ call }: { call: Call }): ReactNode {
  const { party } = call;
  const avatar = <Avatar name={nameOf(call)} size="xl" />;
  return (
    <div className="identity ringing">
      {call.phase.name === 'ringing' ? <CallerRings>{avatar}</CallerRings> : avatar}
      <span className="grow">
        <span className="name" title={nameOf(call)}>
          {nameOf(call)}
        </span>
        {party.name !== undefined && (
          <span className="meta cut">
            <span className="num">{shownNumber(party.number)}</span>
          </span>
        )}
        {party.company && <span className="meta cut">{party.company}</span>}
      </span>
    </div>
  );
}

function Talking({ call, since }: { call: Call; since: number }): ReactNode {
  return (
    <div className="identity">
      <Avatar name={nameOf(call)} size="l" />
      <span className="grow">
        <span className="with-time">
          <span className="name grow" title={nameOf(call)}>
            {nameOf(call)}
          </span>
          <Timer since={since} className="timer" />
        </span>
        <span className="meta cut">
          <PartyLine party={call.party} />
        </span>
      </span>
    </div>
  );
}
