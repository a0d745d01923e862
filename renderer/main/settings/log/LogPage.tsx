// LogPage: what Hookswitch did and what went wrong, by level, found by what it says, and copied for those who help.
import { useState, type ReactNode } from 'react';
import type { LogLevel } from '../../../../contract/index.ts';
import { ask, Banner, Button, EmptyState, problemText, run, Segmented, showToast, t } from '../../../common/index.ts';
import { FilteredPage, useFilter } from '../FilteredPage.tsx';
import { PAGE, useGrowingList } from '../use-growing-list.ts';
import { LogList } from './LogList.tsx';
import { levels, levelWord, lineText } from './log-words.ts';
import './log.css';

export function LogPage({ onBack }: { onBack: () => void }): ReactNode {
  const [level, setLevel] = useState<LogLevel>('info');
  const filter = useFilter();
  const { text } = filter;
  const { rows, problem } = useGrowingList(`${level} ${text}`, (after) =>
    ask({ type: 'log', level, text, after, limit: PAGE }),
  );
  const isEmpty = rows?.length === 0;

  const copy = async (): Promise<void> => {
    const lines = rows ?? [];
    const outcome = await run({ type: 'copy-text', text: lines.map(lineText).join('\n') });
    if (outcome.ok) showToast({ kind: 'done', text: t('diagnostics:log.copied', { count: lines.length }) });
  };

  return (
    <FilteredPage
      title={t('diagnostics:log.title')}
      onBack={onBack}
      className="log"
      filter={filter}
      filterLabel={t('diagnostics:log.filter')}
      filterPlaceholder={t('diagnostics:log.filterPlaceholder')}
      above={
        <Segmented
          label={t('diagnostics:log.levels')}
          value={level}
          onChange={setLevel}
          options={levels.map((value) => ({ value, label: levelWord(value) }))}
        />
      }
    >
      {problem && <Banner kind="error" title={t('diagnostics:log.failed')} text={problemText(problem)} />}
      {isEmpty ? (
        <EmptyState
          icon="history"
          title={t(text === '' ? 'diagnostics:log.none' : 'diagnostics:log.noMatch')}
          text={t(text === '' ? 'diagnostics:log.noneHint' : 'diagnostics:log.noMatchHint')}
        />
      ) : (
        <LogList rows={rows ?? []} follows={filter.follows} onLeaveEnd={() => filter.setFollows(false)} />
      )}
      <div className="foot">
        <span className="grow note">{t('diagnostics:log.note')}</span>
        <Button small disabledReason={isEmpty ? t('diagnostics:log.nothingToCopy') : null} onClick={() => void copy()}>
          {t('diagnostics:log.copy')}
        </Button>
      </div>
    </FilteredPage>
  );
}
