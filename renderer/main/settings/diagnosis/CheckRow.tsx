// CheckRow: one step of the way: how it stands, in a mark and a word, what was found, and what mends it.
import { useState, type ReactNode } from 'react';
import type { Check, CheckState } from '../../../../contract/index.ts';
import { Icon, IconButton, t, type IconName } from '../../../common/index.ts';
import { checkName, findingSentence } from './diagnosis-words.ts';
import { MendButton } from './MendButton.tsx';

const marks: Partial<Record<CheckState, IconName>> = {
  good: 'check',
  note: 'info',
  attention: 'triangle-alert',
  fault: 'x',
  skipped: 'minus',
};

export interface CheckRowProps {
  check: Check;
  /** Place in its group, from 1: what stands in the mark until there is something to say. */
  place: number;
  onOpenAccount: (accountId: string) => void;
  onOpenAudio: () => void;
}

export function CheckRow({ check, place, onOpenAccount, onOpenAudio }: CheckRowProps): ReactNode {
  const { name, state, finding } = check;
  const [showsDetail, setShowsDetail] = useState(false);
  const mark = marks[state];
  const word = t(`diagnostics:state.${state}`);
  const detail = finding?.detail;
  return (
    <li className={`check ${state}`} data-check={name}>
      <span className="mark-round" role="img" aria-label={word} title={word}>
        {mark ? <Icon name={mark} size={14} /> : <span className="num">{place}</span>}
      </span>
      <div className="grow">
        <b>{checkName(name)}</b>
        <p>{finding ? findingSentence(finding) : state === 'running' ? t('diagnostics:why.running') : ' '}</p>
        {showsDetail && <pre className="selectable">{detail}</pre>}
      </div>
      {finding?.mend && (
        <MendButton
          mend={finding.mend}
          accountId={check.accountId}
          onOpenAccount={onOpenAccount}
          onOpenAudio={onOpenAudio}
        />
      )}
      {detail !== undefined && (
        <IconButton
          label={`${t('diagnostics:why.details')}: ${checkName(name)}`}
          icon={showsDetail ? 'chevron-up' : 'chevron-down'}
          size={14}
          aria-expanded={showsDetail}
          onClick={() => setShowsDetail(!showsDetail)}
        />
      )}
    </li>
  );
}
