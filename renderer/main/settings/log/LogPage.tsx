// LogPage: what Hookswitch did and what went wrong, by level, found by what it says, and copied for those who help.
import { useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { LogLevel } from '../../../../contract/index.ts';
import {
  ask,
  Banner,
  Button,
  EmptyState,
  problemText,
  run,
  Segmented,
  showToast,
  Switch,
  t,
} from '../../../common/index.ts';
import { FilterField } from '../FilterField.tsx';
import { PAGE, useGrowingList } from '../use-growing-list.ts';
import { LogList } from './LogList.tsx';
import { levels, levelWord, lineText } from './log-words.ts';
import { SettingsPage } from '../SettingsPage.tsx';
import './log.css';

export function LogPage({ onBack }: { onBack: () => void }): ReactNode {
  const [level, setLevel] = useState<LogLevel>('info');
  const [text, setText] = useState('');
  const [follows, setFollows] = useState(true);
  const { rows, problem } = useGrowingList(`${level} ${text}`, (after) =>
    ask({ type: 'log', level, text, after, limit: PAGE }),
  );
  const followId = useId();
  const isEmpty = rows?.length === 0;

  const copy = async (): Promise<void> => {
    const lines = rows ?? [];
    const outcome = await run({ type: 'copy-text', text: lines.map(lineText).join('\n') });
    if (outcome.ok) showToast({ kind: 'done', text: t('diagnostics:log.copied', { count: lines.length }) });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    if (text !== '' && event.target instanceof HTMLInputElement) setText('');
    else onBack();
  };

  return (
    <SettingsPage
      title={t('diagnostics:log.title')}
      onBack={onBack}
      className="log"
      onKeyDown={onKeyDown}
      beside={
        <>
          <span id={followId} className="follow-word">
            {t('setup:trace.follow')}
          </span>
          <Switch on={follows} onChange={setFollows} labelledBy={followId} />
        </>
      }
    >
      <Segmented
        label={t('diagnostics:log.levels')}
        value={level}
        onChange={setLevel}
        options={levels.map((value) => ({ value, label: levelWord(value) }))}
      />
      <FilterField
        label={t('diagnostics:log.filter')}
        placeholder={t('diagnostics:log.filterPlaceholder')}
        text={text}
        onChange={setText}
      />
      {problem && <Banner kind="error" title={t('diagnostics:log.failed')} text={problemText(problem)} />}
      {isEmpty ? (
        <EmptyState
          icon="history"
          title={t(text === '' ? 'diagnostics:log.none' : 'diagnostics:log.noMatch')}
          text={t(text === '' ? 'diagnostics:log.noneHint' : 'diagnostics:log.noMatchHint')}
        />
      ) : (
        <LogList rows={rows ?? []} follows={follows} onLeaveEnd={() => setFollows(false)} />
      )}
      <div className="foot">
        <span className="grow note">{t('diagnostics:log.note')}</span>
        <Button small disabledReason={isEmpty ? t('diagnostics:log.nothingToCopy') : null} onClick={() => void copy()}>
          {t('diagnostics:log.copy')}
        </Button>
      </div>
    </SettingsPage>
  );
}
