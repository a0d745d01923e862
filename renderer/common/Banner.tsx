// Banner: what happened, what it means, what to do. A window shows at most one.
import type { ReactNode } from 'react';
import { Icon, type IconName } from './Icon.tsx';
import './banner.css';

export interface BannerProps {
  kind?: 'info' | 'warning' | 'error';
  icon?: IconName;
  title: string;
  text?: ReactNode;
  /** Buttons, small. */
  actions?: ReactNode;
  /** At the end of the first line: a Close button. */
  after?: ReactNode;
}

const icons = { info: 'info', warning: 'triangle-alert', error: 'circle-alert' } as const;
const classes = { info: 'banner', warning: 'banner warn', error: 'banner error' } as const;

export function Banner({ kind = 'info', icon, title, text, actions, after }: BannerProps): ReactNode {
  return (
    <div className={classes[kind]} role="status">
      <Icon name={icon ?? icons[kind]} />
      <div className="grow">
        <b>{title}</b>
        {text && <p>{text}</p>}
        {actions && <div className="do">{actions}</div>}
      </div>
      {after}
    </div>
  );
}
