// TracePage: SIP messages in and out as they come, found by what they say, and saved for those who help.
import { useState, type ReactNode } from 'react';
import { ask, Banner, Button, EmptyState, problemText, run, showToast, t } from '../../../common/index.ts';
import { FilteredPage, useFilter } from '../FilteredPage.tsx';
import { PAGE, useGrowingList } from '../use-growing-list.ts';
import { TraceList } from './TraceList.tsx';
import { TraceMessage } from './TraceMessage.tsx';
import './trace.css';

export function TracePage({ onBack }: { onBack: () => void }): ReactNode {
  const filter = useFilter();
  const { text, follows, setFollows } = filter;
  const [chosen, setChosen] = useState<number | null>(null);
  const { rows, problem, reset } = useGrowingList(text, (after) => ask({ type: 'trace', text, after, limit: PAGE }));
  const isEmpty = rows?.length === 0;

  const choose = (id: number): void => {
    setChosen(id);
    // What is being read must not run away.
    setFollows(false);
  };
  const clear = async (): Promise<void> => {
    const outcome = await run({ type: 'clear-trace' });
    if (!outcome.ok) return;
    setChosen(null);
    reset();
  };
  const closeMessage = (): boolean => {
    setChosen(null);
    return chosen !== null;
  };

  return (
    <FilteredPage
      title={t('setup:trace.title')}
      onBack={onBack}
      className="trace"
      filter={filter}
      filterLabel={t('setup:trace.filter')}
      filterPlaceholder={t('setup:trace.filterPlaceholder')}
      closeInside={closeMessage}
    >
      {problem && <Banner kind="error" title={t('setup:trace.failed')} text={problemText(problem)} />}
      <div className="panes">
        {isEmpty ? (
          <EmptyState
            icon="arrow-up-down"
            title={t(text === '' ? 'setup:trace.none' : 'setup:trace.noMatch')}
            text={t(text === '' ? 'setup:trace.noneHint' : 'setup:trace.noMatchHint')}
          />
        ) : (
          <TraceList
            rows={rows ?? []}
            chosen={chosen}
            onChoose={choose}
            follows={follows}
            onLeaveEnd={() => setFollows(false)}
          />
        )}
        {chosen !== null && <TraceMessage id={chosen} onClose={() => setChosen(null)} />}
      </div>
      <div className="foot">
        <Button
          small
          kind="quiet"
          disabledReason={isEmpty ? t('setup:trace.nothingToClear') : null}
          onClick={() => void clear()}
        >
          {t('setup:trace.clear')}
        </Button>
        <span className="grow" />
        {(['text', 'pcap'] as const).map((format) => (
          <Button
            key={format}
            small
            disabledReason={isEmpty ? t('setup:trace.nothingToSave') : null}
            onClick={() => void save(format, text)}
          >
            {t(format === 'pcap' ? 'setup:trace.savePcap' : 'setup:trace.saveText')}
          </Button>
        ))}
      </div>
    </FilteredPage>
  );
}

async function save(format: 'text' | 'pcap', text: string): Promise<void> {
  const outcome = await run({ type: 'save-trace', format, text });
  const file = outcome.ok ? outcome.value.file : undefined;
  if (file !== undefined) showToast({ kind: 'done', text: t('setup:trace.saved', { file }) });
}
