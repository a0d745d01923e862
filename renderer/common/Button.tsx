// Button and IconButton: named for what they do; one that cannot be used now keeps its place and says why.
import type { ButtonHTMLAttributes, MouseEvent, ReactNode, Ref } from 'react';
import { Icon, type IconName } from './Icon.tsx';
import './button.css';

type Native = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled'>;

interface NotNow {
  /** Why it cannot be used now: shown as its tooltip and description. The control stays focusable, so it can be read. */
  disabledReason?: string | null | undefined;
}

export type ButtonKind = 'default' | 'primary' | 'call' | 'end' | 'quiet' | 'plain';

export interface ButtonProps extends Native, NotNow {
  kind?: ButtonKind;
  /** 44 px: the buttons of a call, the main act of a card. */
  tall?: boolean;
  /** 28 px: in banners and heads. */
  small?: boolean;
  /** `phone` is drawn filled in `call` and laid down in `end`. */
  icon?: IconName;
  ref?: Ref<HTMLButtonElement>;
  children: ReactNode;
}

/** The native attributes of a control that cannot be used now. */
function notNow({ disabledReason, onClick, title }: Native & NotNow) {
  if (!disabledReason) return { onClick, title };
  return {
    'aria-disabled': true,
    'aria-description': disabledReason,
    title: disabledReason,
    onClick: (event: MouseEvent) => event.preventDefault(),
  } as const;
}

export function Button(props: ButtonProps): ReactNode {
  const { kind = 'default', tall, small, icon, className, children, disabledReason, type = 'button', ...rest } = props;
  const classes = ['button', kind !== 'default' && kind, tall && 'tall', small && 'small', className];
  const isHandset = icon === 'phone' && (kind === 'call' || kind === 'end');
  return (
    <button
      {...rest}
      {...notNow({ ...rest, disabledReason })}
      type={type}
      className={classes.filter(Boolean).join(' ')}
    >
      {icon && <Icon name={icon} size={small ? 14 : 16} fill={isHandset} end={isHandset && kind === 'end'} />}
      {children}
    </button>
  );
}

export interface IconButtonProps extends Native, NotNow {
  /** Its accessible name, and its tooltip unless `title` says more. */
  label: string;
  icon: IconName;
  size?: 12 | 14 | 16 | 20;
  kind?: 'default' | 'call' | 'end';
  fill?: boolean;
  /** Chosen or open: tinted. Add `aria-pressed` where it is a toggle. */
  on?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

export function IconButton(props: IconButtonProps): ReactNode {
  const { label, icon, size, kind = 'default', fill, on, className, disabledReason, title = label, ...rest } = props;
  const classes = ['icon-button', kind !== 'default' && kind, on && 'on', className];
  const isHandset = icon === 'phone' && kind !== 'default';
  return (
    <button
      {...rest}
      {...notNow({ ...rest, title, disabledReason })}
      type="button"
      aria-label={label}
      className={classes.filter(Boolean).join(' ')}
    >
      <Icon
        name={icon}
        size={size ?? (isHandset ? 14 : 16)}
        fill={fill ?? isHandset}
        end={isHandset && kind === 'end'}
      />
    </button>
  );
}
