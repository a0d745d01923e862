// CallRecordPage: how a call was heard, and what was said of it in SIP: chart, ladder, list. While it goes on, too.
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import {
  ask,
  Banner,
  Button,
  EmptyState,
  IconButton,
  problemText,
  run,
  Segmented,
  showToast,
  t,
  usePhone,
  useQuery,
} from '../../../common/index.ts';
import { TraceList } from '../../settings/trace/TraceList.tsx';
import { TraceMessage } from '../../settings/trace/TraceMessage.tsx';
import { PAGE, useGrowingList } from '../../settings/use-growing-list.ts';
import { ladderOf } from './ladder.ts';
import { LadderDiagram } from './LadderDiagram.tsx';
import { QualityChart } from './QualityChart.tsx';
import '../../settings/settings.css';
import '../../settings/trace/trace.css';
import './call-record.css';

type Part = 'sound' | 'diagram' | 'list';

export interface CallRecordPageProps {
  callId: string;
  /** With whom. */
  who: string;
  onBack: () => void;
}

export function CallRecordPage({ callId, who, onBack }: CallRecordPageProps): ReactNode {
  const [part, setPart] = useState<Part>('sound');
  const headingId = useId();
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => back.current?.focus({ preventScroll: true }), []);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    onBack();
  };
  return (
    <section className="settings call-record trace" aria-labelledby={headingId} data-area="list" onKeyDown={onKeyDown}>
      <div className="back-line">
        <IconButton label={t('back')} icon="chevron-left" size={20} ref={back} onClick={onBack} />
        <h1 id={headingId} className="grow cut" title={who}>
          {t('diagnostics:record.title', { who })}
        </h1>
      </div>
      <Segmented
        label={t('diagnostics:record.parts')}
        value={part}
        onChange={setPart}
        options={(['sound', 'diagram', 'list'] as const).map((value) => ({
          value,
          label: t(`diagnostics:record.part.${value}`),
        }))}
      />
      {part === 'sound' ? <SoundPart callId={callId} /> : <MessagesPart callId={callId} asList={part === 'list'} />}
    </section>
  );
}

function SoundPart({ callId }: { callId: string }): ReactNode {
  // A call that goes on brings another second with each change of its quality; that it ended is a change as well.
  const live = usePhone((state) => state.calls.find(({ id }) => id === callId) ?? null);
  const revision = usePhone((state) => (live === null ? state.historyRevision : state.revision));
  const { data, isCurrent, problem } = useQuery({ type: 'call-quality', callId }, revision);
  if (problem) return <Banner kind="error" title={t('diagnostics:chart.failed')} text={problemText(problem)} />;
  if (data) {
    return (
      <div className="lines">
        <QualityChart series={data} />
      </div>
    );
  }
  if (!isCurrent) return null;
  return (
    <EmptyState
      icon="history"
      title={t(live ? 'diagnostics:chart.notYet' : 'diagnostics:chart.none')}
      text={t(live ? 'diagnostics:chart.notYetHint' : 'diagnostics:chart.noneHint')}
    />
  );
}

function MessagesPart({ callId, asList }: { callId: string; asList: boolean }): ReactNode {
  const [chosen, setChosen] = useState<number | null>(null);
  const { rows, problem } = useGrowingList(callId, (after) =>
    ask({ type: 'trace', text: '', after, limit: PAGE, callId }),
  );
  const isEmpty = rows?.length === 0;
  return (
    <>
      {problem && <Banner kind="error" title={t('setup:trace.failed')} text={problemText(problem)} />}
      <div className="panes">
        {isEmpty ? (
          <EmptyState
            icon="arrow-up-down"
            title={t('diagnostics:record.noMessages')}
            text={t('diagnostics:record.noMessagesHint')}
          />
        ) : asList ? (
          <TraceList rows={rows ?? []} chosen={chosen} onChoose={setChosen} follows={false} onLeaveEnd={() => {}} />
        ) : (
          <LadderDiagram ladder={ladderOf(rows ?? [])} chosen={chosen} onChoose={setChosen} />
        )}
        {chosen !== null && <TraceMessage id={chosen} onClose={() => setChosen(null)} />}
      </div>
      <div className="foot">
        <span className="grow" />
        {(['text', 'pcap'] as const).map((format) => (
          <Button
            key={format}
            small
            disabledReason={isEmpty ? t('setup:trace.nothingToSave') : null}
            onClick={() => void save(format, callId)}
          >
            {t(format === 'pcap' ? 'setup:trace.savePcap' : 'setup:trace.saveText')}
          </Button>
        ))}
      </div>
    </>
  );
}

async function save(format: 'text' | 'pcap', callId: string): Promise<void> {
  const outcome = await run({ type: 'save-trace', format, text: '', callId });
  const file = outcome.ok ? outcome.value.file : undefined;
  if (file !== undefined) showToast({ kind: 'done', text: t('setup:trace.saved', { file }) });
}
