// CallControls: Mute, Hold, Keypad, Transfer, Add call, Record. What cannot be done now keeps its place and says why.
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import type { Call, ShortcutId } from '../../../contract/index.ts';
import { Icon, keyText, moveFocus, platform, run, t, type IconName } from '../../common/index.ts';
import { useFieldModeIfAny } from '../field/dial-field-context.tsx';
import { lookOf } from './call-look.ts';
import { chooseTransfer } from './transfer-view.ts';
import './call-controls.css';

interface ControlProps {
  icon: IconName;
  label: string;
  onPress: () => void;
  on?: boolean;
  shortcut?: ShortcutId;
  notNow?: string | null;
  tabIndex?: number;
  className?: string | undefined;
}

export function Control({
  icon,
  label,
  onPress,
  on,
  shortcut,
  notNow,
  tabIndex = -1,
  className,
}: ControlProps): ReactNode {
  return (
    <button
      type="button"
      className={on ? 'is-on' : className}
      tabIndex={tabIndex}
      aria-disabled={notNow ? true : undefined}
      aria-description={notNow ?? undefined}
      title={notNow ?? (shortcut && `${label} (${keyText(shortcut, platform())})`)}
      onClick={() => {
        if (!notNow) onPress();
      }}
    >
      <Icon name={icon} size={20} />
      {label}
    </button>
  );
}

export interface CallControlsProps {
  call: Call;
  /** They come back in the keypad's place, and the focus with them. */
  hasFocus: boolean;
  onKeypad: () => void;
  /** Asks first, the first time. */
  onRecord: () => void;
}

/** Why a key would not reach the other side; null when it would. */
export function keypadNotNow(call: Call): string | null {
  const { phase } = call;
  if (phase.name === 'connected') return phase.hold.byUs ? t('calls:whenResumed') : null;
  return phase.name === 'ringing' && phase.earlyMedia ? null : t('calls:whenConnected');
}

/** Why the other side cannot be given to somebody now; null when it can. */
function transferNotNow({ phase, transfer }: Call): string | null {
  if (phase.name !== 'connected') return t('calls:whenConnected');
  return transfer === null || transfer.name === 'failed' ? null : t('calls:transfer.underWay');
}

/** Why nothing can be recorded now; null when it can. */
function recordNotNow({ phase, recordingSince }: Call): string | null {
  if (recordingSince !== null) return null;
  if (phase.name !== 'connected') return t('calls:whenConnected');
  return phase.hold.byUs ? t('calls:whenResumed') : null;
}

export function CallControls({ call, hasFocus, onKeypad, onRecord }: CallControlsProps): ReactNode {
  const group = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (hasFocus) group.current?.querySelector<HTMLElement>('.opens-keypad')?.focus();
  }, [hasFocus]);
  const isHeld = lookOf(call).state === 'onHold';
  const isRecording = call.recordingSince !== null;
  const field = useFieldModeIfAny();
  const onArrows = (event: KeyboardEvent<HTMLElement>) => moveFocus(event);
  return (
    <div className="call-controls" role="group" aria-label={t('calls:controls')} ref={group} onKeyDown={onArrows}>
      <Control
        icon={call.muted ? 'mic-off' : 'mic'}
        label={t(call.muted ? 'calls:unmute' : 'calls:mute')}
        on={call.muted && !isHeld}
        shortcut="mute"
        notNow={isHeld ? t('calls:whenResumed') : null}
        tabIndex={0}
        onPress={() => void run({ type: 'mute', callId: call.id, on: !call.muted })}
      />
      <Control
        icon={isHeld ? 'play' : 'pause'}
        label={t(isHeld ? 'calls:resume' : 'calls:hold')}
        on={isHeld}
        shortcut="hold"
        notNow={call.phase.name === 'connected' ? null : t('calls:whenConnected')}
        onPress={() => void run({ type: 'hold', callId: call.id, on: !isHeld })}
      />
      <Control
        icon="grip"
        className="opens-keypad"
        label={t('calls:keypad')}
        notNow={keypadNotNow(call)}
        onPress={onKeypad}
      />
      <Control
        icon="phone-forwarded"
        label={t('calls:transfer.button')}
        notNow={transferNotNow(call)}
        onPress={() => chooseTransfer(call.id)}
      />
      <Control
        icon="user-plus"
        label={t('calls:addCall')}
        notNow={call.phase.name === 'connected' ? null : t('calls:whenConnected')}
        onPress={() => field?.focus()}
      />
      <Control
        icon={isRecording ? 'circle-stop' : 'circle-dot'}
        label={t(isRecording ? 'calls:stopRecording' : 'calls:record')}
        className={isRecording ? 'rec' : undefined}
        notNow={recordNotNow(call)}
        onPress={() => (isRecording ? void run({ type: 'record', callId: call.id, on: false }) : onRecord())}
      />
    </div>
  );
}
