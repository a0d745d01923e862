// DialPad: twelve keys under the list, closed until asked for. Hold 0 for +.
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { Icon, IconButton, moveFocus, t, telephoneKeys } from '../../common/index.ts';
import { useDialField } from './dial-field-context.tsx';
import './dial-pad.css';

/** A press this long is a hold, ms. */
const holdMs = 500;

export function DialPad(): ReactNode {
  const field = useDialField();
  const add = (key: string) => field.setText(field.text + key);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    moveFocus(event, 3);
  };
  return (
    <div className="dial-pad" role="group" aria-label={t('main:dialPad')}>
      <div className="keys" onKeyDown={onKeyDown}>
        {telephoneKeys.map(([key, letters], index) => (
          <PadKey key={key} digit={key} letters={letters} isStop={index === 0} onPress={add} />
        ))}
      </div>
      <div className="foot">
        <span />
        <button type="button" className="round-call" onClick={() => void field.callTyped()}>
          <Icon name="phone" fill />
          {t('call')}
        </button>
        <IconButton
          label={t('main:deleteLastDigit')}
          icon="delete"
          size={20}
          className="delete-digit"
          onClick={() => field.setText(field.text.slice(0, -1))}
        />
      </div>
    </div>
  );
}

interface PadKeyProps {
  digit: string;
  letters: string;
  isStop: boolean;
  onPress: (key: string) => void;
}

function PadKey({ digit, letters, isStop, onPress }: PadKeyProps): ReactNode {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const wasHeld = useRef(false);
  const press = useRef(onPress);
  useEffect(() => {
    press.current = onPress;
  });
  const release = () => clearTimeout(timer.current);
  return (
    <button
      type="button"
      className="key"
      aria-label={digit}
      aria-description={digit === '0' ? '+' : undefined}
      tabIndex={isStop ? 0 : -1}
      onPointerDown={() => {
        wasHeld.current = false;
        if (digit !== '0') return;
        timer.current = setTimeout(() => {
          wasHeld.current = true;
          press.current('+');
        }, holdMs);
      }}
      onPointerUp={release}
      onPointerLeave={release}
      onClick={() => {
        if (!wasHeld.current) onPress(digit);
        wasHeld.current = false;
      }}
    >
      {digit}
      <small>{letters}</small>
    </button>
  );
}
