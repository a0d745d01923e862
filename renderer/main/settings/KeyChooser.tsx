// KeyChooser: a line with an act and its keys. A click waits for a key press; keys that are needed elsewhere are refused in words.
import { useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { ShortcutId } from '../../../contract/index.ts';
import {
  capsOf,
  conflictOf,
  IconButton,
  Keys,
  keysPressed,
  platform,
  t,
  takesKeys,
  type Conflict,
} from '../../common/index.ts';

export interface KeyChooserProps {
  /** The act in the window, whose keys no other may have; null: an act in the whole system. */
  act: ShortcutId | null;
  label: string;
  /** null: it has none. */
  keys: string | null;
  problem?: string | null;
  /** What else stands against these keys, in a sentence. */
  conflict?: (keys: string) => string | null;
  onChoose: (keys: string) => void;
  reset: { label: string; run: () => void } | null;
}

/** Any act, for what belongs to typing and to the system. */
const anyAct = 'palette';

export function KeyChooser({ act, label, keys, problem, conflict, onChoose, reset }: KeyChooserProps): ReactNode {
  const [isWaiting, setWaiting] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const id = useId();
  const word = refusal ?? problem ?? null;

  const onKeyDown = (event: KeyboardEvent) => {
    if (!isWaiting) return;
    if (event.key === 'Tab') return setWaiting(false);
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') return setWaiting(false);
    const pressed = keysPressed(event, platform());
    if (pressed === null) return;
    const against = refusalOf(pressed, act) ?? conflict?.(pressed) ?? null;
    setRefusal(against);
    if (against !== null) return;
    setWaiting(false);
    onChoose(pressed);
  };

  return (
    <div className="line">
      <span className="words">
        <span id={`${id}-label`}>{label}</span>
        {word && (
          <span className="d trouble" role="status">
            {word}
          </span>
        )}
      </span>
      <span className="control keys">
        <button
          type="button"
          className={isWaiting ? 'key-button is-waiting' : 'key-button'}
          aria-labelledby={`${id}-label ${id}-keys`}
          onClick={() => {
            setRefusal(null);
            setWaiting(!isWaiting);
          }}
          onBlur={() => setWaiting(false)}
          {...(isWaiting && { [takesKeys]: true })}
          onKeyDownCapture={onKeyDown}
        >
          <span id={`${id}-keys`}>
            {isWaiting ? (
              t('setup:shortcuts.press')
            ) : keys === null ? (
              t('setup:shortcuts.off')
            ) : (
              <Keys caps={capsOf(keys, platform())} />
            )}
          </span>
        </button>
        {reset && <IconButton icon="undo-2" label={`${reset.label}: ${label}`} onClick={reset.run} />}
      </span>
    </div>
  );
}

/** In the whole system the window's own shortcuts are no conflict: they act where the window is not. */
function refusalOf(keys: string, act: ShortcutId | null): string | null {
  const conflict = conflictOf(keys, act ?? anyAct, platform());
  if (conflict === null || (act === null && conflict.name === 'shortcut')) return null;
  return conflictWords(conflict);
}

function conflictWords(conflict: Conflict): string {
  if (conflict.name !== 'shortcut') return t(`setup:shortcuts.${conflict.name}`);
  return t('setup:shortcuts.has', { act: t(`setup:shortcuts.acts.${conflict.id}`) });
}
