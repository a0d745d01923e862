// Line: one setting: what it is, what it means now, and the control at its end. One that is locked says who did it.
import { useId, type ReactNode } from 'react';
import type { Preferences } from '../../../contract/index.ts';
import { Icon, t, usePhone, type IconName } from '../../common/index.ts';

export interface LineProps {
  icon: IconName;
  label: string;
  hint?: ReactNode;
  /** A hint that something is wrong: said aloud, in the colour of warnings. */
  isTrouble?: boolean;
  section?: 'audio' | 'language';
  /** What the control changes: an administrator may have set it for everybody. */
  preference?: keyof Preferences;
  /** Gets the ids of the words, for controls that are named by them. */
  children?: (ids: { labelId: string; hintId: string | undefined }) => ReactNode;
}

/** Whether an administrator set this preference for everybody. */
export function useLocked(preference: keyof Preferences | undefined): boolean {
  return usePhone((state) => preference !== undefined && (state.preferences.locked ?? []).includes(preference));
}

export function Line({ icon, label, hint, isTrouble, section, preference, children }: LineProps): ReactNode {
  const id = useId();
  const labelId = `${id}-label`;
  const isLocked = useLocked(preference);
  const hintId = hint || isLocked ? `${id}-hint` : undefined;
  return (
    <div className="line" data-section={section}>
      <Icon name={icon} />
      <span className="words">
        <span id={labelId}>{label}</span>
        {hintId !== undefined && (
          <span className={isTrouble ? 'd trouble' : 'd'} id={hintId} role={isTrouble ? 'status' : undefined}>
            {isLocked ? t('setup:settings.locked') : hint}
          </span>
        )}
      </span>
      {isLocked && <Icon name="lock" size={14} />}
      {children && (
        <span className={isLocked ? 'control is-locked' : 'control'} inert={isLocked}>
          {children({ labelId, hintId })}
        </span>
      )}
    </div>
  );
}
