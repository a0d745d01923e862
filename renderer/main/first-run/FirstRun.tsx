// FirstRun: add an account, or try the phone on the practice exchange.
import { useId, useState, type ReactNode } from 'react';
import type { Problem } from '../../../contract/index.ts';
import { Banner, Icon, run, t, type IconName, problemText } from '../../common/index.ts';
import { WithNumbers } from './WithNumbers.tsx';
import './first-run.css';

export interface FirstRunProps {
  /** Opens the account form. */
  onAddAccount: () => void;
}

export function FirstRun({ onAddAccount }: FirstRunProps): ReactNode {
  const [isStarting, setStarting] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const startPractice = async () => {
    if (isStarting) return;
    setStarting(true);
    setProblem(null);
    const outcome = await run({ type: 'start-practice' }, { quiet: true });
    setStarting(false);
    if (!outcome.ok) setProblem(outcome.problem);
  };
  return (
    <div className="first-run">
      <Icon name="hookswitch" className="logo" />
      <h1>{t('setup:firstRun.title')}</h1>
      <p className="lead">{t('setup:firstRun.lead')}</p>
      <Option
        isFirst
        icon="user-plus"
        title={t('setup:firstRun.addAccount')}
        hint={t('setup:firstRun.addAccountHint')}
        onChoose={onAddAccount}
      />
      <Option
        icon="flask-conical"
        title={t('setup:firstRun.practice')}
        hint={<WithNumbers text={t('setup:firstRun.practiceHint')} />}
        isBusy={isStarting}
        onChoose={() => void startPractice()}
      />
      {problem && <Banner kind="error" title={t('setup:firstRun.practiceFailed')} text={problemText(problem)} />}
    </div>
  );
}

interface OptionProps {
  icon: IconName;
  title: string;
  hint: ReactNode;
  isFirst?: boolean;
  isBusy?: boolean;
  onChoose: () => void;
}

function Option({ icon, title, hint, isFirst, isBusy, onChoose }: OptionProps): ReactNode {
  const id = useId();
  return (
    <button
      type="button"
      className={isFirst ? 'option first' : 'option'}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-hint`}
      aria-busy={isBusy}
      onClick={onChoose}
    >
      <span className="disc">
        <Icon name={icon} size={20} />
      </span>
      <span className="grow">
        <b id={`${id}-title`}>{title}</b>
        <span className="d" id={`${id}-hint`}>
          {hint}
        </span>
      </span>
      <Icon name="chevron-right" />
    </button>
  );
}
