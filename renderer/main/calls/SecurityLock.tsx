// SecurityLock: says what is on the wire. Never green, never alarming.
import type { ReactNode } from 'react';
import type { Call } from '../../../contract/index.ts';
import { Icon, t } from '../../common/index.ts';

/** Nothing before there is media. */
export function SecurityLock({ call }: { call: Call }): ReactNode {
  if (call.encrypted === null) return null;
  const hint = t(call.encrypted ? 'calls:encryptedHint' : 'calls:notEncryptedHint');
  const title = call.codec === null ? hint : t('calls:withCodec', { hint, codec: call.codec });
  return (
    <span className="security-lock" title={title}>
      <Icon name={call.encrypted ? 'lock' : 'lock-open'} size={14} />
      {t(call.encrypted ? 'calls:encrypted' : 'calls:notEncrypted')}
    </span>
  );
}
