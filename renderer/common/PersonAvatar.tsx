// PersonAvatar: the face of somebody in the directory; asked for only when it is drawn.
import { useState, type ReactNode } from 'react';
import { Avatar, type AvatarProps } from './Avatar.tsx';
import { usePhone } from './phone-store.ts';
import { useQuery } from './use-query.ts';

export interface PersonAvatarProps extends Omit<AvatarProps, 'picture'> {
  /** undefined: nobody in the directory. */
  personId: string | undefined;
  /** False where it is known that there is none; absent: it is asked for. */
  hasPicture?: boolean;
}

export function PersonAvatar({ personId, hasPicture = true, ...rest }: PersonAvatarProps): ReactNode {
  const isAsked = personId !== undefined && hasPicture;
  const revision = usePhone((state) => (isAsked ? state.directoryRevision : 0));
  const asked = useQuery(isAsked ? { type: 'picture', personId } : null, revision);
  // A row that is drawn for somebody else now does not keep the face of who was there.
  const [owner, setOwner] = useState(personId);
  if (asked.isCurrent && owner !== personId) setOwner(personId);
  return <Avatar {...rest} picture={owner === personId ? asked.data : undefined} />;
}
