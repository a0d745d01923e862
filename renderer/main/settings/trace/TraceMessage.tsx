// TraceMessage: one SIP message as it was on the wire, to be read and copied.
import type { ReactNode } from 'react';
import type { TraceEntry } from '../../../../contract/index.ts';
import { IconButton, t, useQuery } from '../../../common/index.ts';
import { traceTime } from './trace-words.ts';

export function TraceMessage({ id, onClose }: { id: number; onClose: () => void }): ReactNode {
  const { data, isCurrent } = useQuery({ type: 'trace-message', id });
  return (
    <section className="message" aria-label={t('setup:trace.message')}>
      <div className="message-head">
        <span className="cut num" title={data ? wayOf(data) : undefined}>
          {data && (
            <>
              {traceTime(data.at)} {data.transport.toUpperCase()} {wayOf(data)}
            </>
          )}
        </span>
        <IconButton label={t('setup:trace.closeMessage')} icon="x" onClick={onClose} />
      </div>
      {/* A long message is scrolled by the keyboard, too. */}
      <pre className="selectable" tabIndex={0}>
        {data?.text ?? (isCurrent ? t('setup:trace.gone') : '')}
      </pre>
    </section>
  );
}

function wayOf({ direction, local, peer }: Pick<TraceEntry, 'direction' | 'local' | 'peer'>): string {
  const [from, to] = direction === 'out' ? [local, peer] : [peer, local];
  return t('setup:trace.between', { from, to });
}
