// Line: one setting: what it is, what it means now, and the control at its end.
import { useId, type ReactNode } from 'react';
import { Icon, type IconName } from '../../common/index.ts';

export interface LineProps {
  icon: IconName;
  label: string;
  hint?: ReactNode;
  /** A hint that something is wrong: said aloud, in the colour of warnings. */
  isTrouble?: boolean;
  section?: 'audio';
  /** Gets the ids of the words, for controls that are named by them. */
  children?: (ids: { labelId: string; hintId: string | undefined }) => ReactNode;
}

export function Line({ icon, label, hint, isTrouble, section, children }: LineProps): ReactNode {
  const id = useId();
  const labelId = `${id}-label`;
  const hintId = hint ? `${id}-hint` : undefined;
  return (
    <div className="line" data-section={section}>
      <Icon name={icon} />
      <span className="words">
        <span id={labelId}>{label}</span>
        {hint && (
          <span className={isTrouble ? 'd trouble' : 'd'} id={hintId} role={isTrouble ? 'status' : undefined}>
            {hint}
          </span>
        )}
      </span>
      {children && <span className="control">{children({ labelId, hintId })}</span>}
    </div>
  );
}
