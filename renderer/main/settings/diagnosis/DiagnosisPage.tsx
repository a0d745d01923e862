// DiagnosisPage: "Why can't I be called?": one button, a line for each step of the way, and what it all comes to.
import type { ReactNode } from 'react';
import type { Diagnosis } from '../../../../contract/index.ts';
import { Button, EmptyState, formatTime, Icon, run, t, usePhone, type IconName } from '../../../common/index.ts';
import { CheckRow } from './CheckRow.tsx';
import { groups, verdict, type Verdict } from './diagnosis-words.ts';
import { SettingsPage } from '../SettingsPage.tsx';
import './diagnosis.css';

export interface DiagnosisPageProps {
  onBack: () => void;
  onOpenAccount: (accountId: string) => void;
  onOpenAudio: () => void;
}

export function DiagnosisPage({ onBack, onOpenAccount, onOpenAudio }: DiagnosisPageProps): ReactNode {
  const diagnosis = usePhone((state) => state.diagnosis);
  const accounts = usePhone((state) => state.accounts);
  const isRunning = diagnosis !== null && diagnosis.endedAt === null;
  const start = () => void run({ type: 'diagnose' });
  const labelOf = (accountId: string | null): string =>
    accountId === null
      ? t('diagnostics:why.thisComputer')
      : (accounts.find(({ config }) => config.id === accountId)?.config.label ?? '');
  return (
    <SettingsPage title={t('diagnostics:why.title')} onBack={onBack} className="diagnosis">
      {diagnosis === null ? (
        <EmptyState
          icon="stethoscope"
          title={t('diagnostics:why.lineHint')}
          text={t('diagnostics:why.intro')}
          action={
            <Button kind="primary" onClick={start}>
              {t('diagnostics:why.start')}
            </Button>
          }
        />
      ) : (
        <>
          <div className="lines">
            <VerdictLine diagnosis={diagnosis} />
            {groups(diagnosis.checks).map(({ accountId, checks }) => (
              <div key={accountId} className="way">
                <h2 className="group-head">{labelOf(accountId)}</h2>
                <ol className="group checks">
                  {checks.map((check, index) => (
                    <CheckRow
                      key={check.name}
                      check={check}
                      place={index + 1}
                      onOpenAccount={onOpenAccount}
                      onOpenAudio={onOpenAudio}
                    />
                  ))}
                </ol>
              </div>
            ))}
          </div>
          <div className="foot">
            <span className="grow" />
            <Button kind="primary" disabledReason={isRunning ? t('diagnostics:why.running') : null} onClick={start}>
              {t(isRunning ? 'diagnostics:why.running' : 'diagnostics:why.again')}
            </Button>
          </div>
        </>
      )}
    </SettingsPage>
  );
}

const looks = {
  running: { icon: 'stethoscope', state: 'running' },
  reached: { icon: 'check', state: 'good' },
  but: { icon: 'triangle-alert', state: 'attention' },
  some: { icon: 'phone-missed', state: 'fault' },
  not: { icon: 'phone-missed', state: 'fault' },
} as const satisfies Record<Verdict['kind'], { icon: IconName; state: string }>;

/** Said aloud when it changes: who cannot see the lines hears what they come to. */
function VerdictLine({ diagnosis }: { diagnosis: Diagnosis }): ReactNode {
  const { kind, count } = verdict(diagnosis);
  const { icon, state } = looks[kind];
  const total = diagnosis.checks.length;
  return (
    <div className={`verdict ${state}`}>
      <Icon name={icon} size={20} />
      <div className="grow">
        <b role="status">{title(kind)}</b>
        <p>{hint(kind, count, diagnosis.endedAt ?? 0)}</p>
        {kind === 'running' && <progress className="progress" value={count} max={total} aria-label={title(kind)} />}
      </div>
    </div>
  );
}

function title(kind: Verdict['kind']): string {
  if (kind === 'running') return t('diagnostics:why.running');
  if (kind === 'reached') return t('diagnostics:why.reached');
  if (kind === 'some') return t('diagnostics:why.someReached');
  return t(kind === 'but' ? 'diagnostics:why.reachedBut' : 'diagnostics:why.notReached');
}

function hint(kind: Verdict['kind'], count: number, endedAt: number): string {
  if (kind === 'running') return t('diagnostics:why.lineHint');
  if (kind === 'reached') return t('diagnostics:why.reachedHint', { time: formatTime(endedAt) });
  return t(kind === 'but' ? 'diagnostics:why.reachedButHint' : 'diagnostics:why.notReachedHint', { count });
}
