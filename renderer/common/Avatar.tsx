// Avatar: a person's initials on one of six quiet hues; a number without a name gets a plain figure.
import type { ReactNode } from 'react';
import { Icon } from './Icon.tsx';
import { hue, initials } from './initials.ts';
import { PresenceDot, type Presence } from './PresenceDot.tsx';
import './avatar.css';

export interface AvatarProps {
  /** A name, or a number where there is no name. */
  name: string;
  /** s 32, m 40, l 48, xl 60 px. */
  size?: 's' | 'm' | 'l' | 'xl';
  presence?: Presence;
  /** A data URL, in place of the initials. */
  picture?: string | null | undefined;
}

export function Avatar({ name, size = 's', presence, picture }: AvatarProps): ReactNode {
  const letters = initials(name);
  const classes = ['avatar', size !== 's' && size, letters ? `h${hue(name)}` : 'h0'].filter(Boolean).join(' ');
  return (
    <span className={classes} aria-hidden="true">
      {picture ? (
        <img src={picture} alt="" decoding="async" draggable={false} />
      ) : (
        letters || <Icon name="user" size={size === 's' ? 16 : 20} />
      )}
      {presence && <PresenceDot state={presence} />}
    </span>
  );
}
