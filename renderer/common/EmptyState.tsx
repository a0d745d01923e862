// EmptyState: one sentence what belongs here, one button.
import type { ReactNode } from 'react';
import { Icon, type IconName } from './Icon.tsx';
import './empty-state.css';

export interface EmptyStateProps {
  icon: IconName;
  title: string;
  text?: string;
  action?: ReactNode;
}

export function EmptyState({ icon, title, text, action }: EmptyStateProps): ReactNode {
  return (
    <div className="empty-state">
      <span className="disc">
        <Icon name={icon} size={20} />
      </span>
      <b>{title}</b>
      {text && <p>{text}</p>}
      {action}
    </div>
  );
}
