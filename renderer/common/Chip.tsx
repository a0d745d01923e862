// Chip: a small quiet label such as the line a call came in on.
import type { ReactNode } from 'react';
import { Icon, type IconName } from './Icon.tsx';
import './chip.css';

export function Chip({
  icon,
  className,
  children,
}: {
  icon?: IconName;
  className?: string;
  children: ReactNode;
}): ReactNode {
  return (
    <span className={className ? `chip ${className}` : 'chip'}>
      {icon && <Icon name={icon} size={14} />}
      {children}
    </span>
  );
}
