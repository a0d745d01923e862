// Keypad: keys sent to the other side in a call, pressed or typed, and the ones that were sent (RFC 4733).
import { useEffect, useRef, useState, type KeyboardEvent as ReactKeyboardEvent, type ReactNode } from 'react';
import type { Call } from '../../../contract/index.ts';
import { moveFocus, run, t, telephoneKeys } from '../../common/index.ts';
import './keypad.css';

/** As many as fit beside the word "sent". */
const digitsShown = 22;

function send(call: Call, digit: string): void {
  void run({ type: 'send-digit', callId: call.id, digit });
}

/** While the keypad is open, typed keys are the call's: taken before the field gets them. Returns the key held down. */
function useTypedKeys(call: Call): string | null {
  const [held, setHeld] = useState<string | null>(null);
  useEffect(() => {
    const down = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !/^[0-9*#]$/.test(event.key)) return;
      if (event.target instanceof HTMLInputElement) return; // the caret was put there on purpose
      event.preventDefault();
      event.stopImmediatePropagation();
      if (event.repeat) return;
      setHeld(event.key);
      send(call, event.key);
    };
    const up = () => setHeld(null);
    window.addEventListener('keydown', down, { capture: true });
    window.addEventListener('keyup', up);
    return () => {
      window.removeEventListener('keydown', down, { capture: true });
      window.removeEventListener('keyup', up);
    };
  }, [call]);
  return held;
}

export interface KeypadProps {
  call: Call;
  onClose: () => void;
}

/** It takes the place of the button that opened it, so the focus goes to its first key; Esc closes it. */
export function Keypad({ call, onClose }: KeypadProps): ReactNode {
  const held = useTypedKeys(call);
  const group = useRef<HTMLDivElement>(null);
  useEffect(() => group.current?.querySelector('button')?.focus(), []);
  const onKeyDown = (event: ReactKeyboardEvent<HTMLElement>) => {
    if (event.key !== 'Escape') return void moveFocus(event, 3);
    event.preventDefault();
    onClose();
  };
  return (
    <>
      <div className="sent">
        {call.sentDigits === '' ? (
          <span>{t('calls:keypadHint')}</span>
        ) : (
          <>
            <b className="num" title={call.sentDigits}>
              {call.sentDigits.length > digitsShown ? `…${call.sentDigits.slice(-digitsShown)}` : call.sentDigits}
            </b>
            <span>{t('calls:sent')}</span>
          </>
        )}
      </div>
      <div className="keypad" role="group" aria-label={t('calls:keypad')} onKeyDown={onKeyDown} ref={group}>
        {telephoneKeys.map(([key, letters], index) => (
          <button
            key={key}
            type="button"
            tabIndex={index === 0 ? 0 : -1}
            className={held === key ? 'is-press' : undefined}
            aria-label={key}
            onClick={() => send(call, key)}
          >
            {key}
            {letters && <small>{letters}</small>}
          </button>
        ))}
      </div>
    </>
  );
}
