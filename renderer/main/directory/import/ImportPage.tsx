// ImportPage: a file of people is read, looked at, written, taken back; nothing is written before it was looked at.
import { useState, type ReactNode } from 'react';
import type { ImportShow, ImportState } from '../../../../contract/index.ts';
import {
  Banner,
  Button,
  EmptyState,
  IconButton,
  problemText,
  Progress,
  run,
  Segmented,
  t,
} from '../../../common/index.ts';
import { ImportList } from './ImportList.tsx';
import { fileWords } from './PastImports.tsx';
import './import.css';

export function ImportPage({ state }: { state: ImportState }): ReactNode {
  const isOver = state.name === 'written' || state.name === 'undone' || isHalfUndone(state);
  const leave = () => void run({ type: isOver ? 'close-import' : 'cancel-import' });
  const file = fileWords(state.file);
  return (
    <section className="card-page import-page" aria-label={t('main:import.title')} data-area="list">
      <div className="back-line">
        <IconButton
          label={t(isOver ? 'back' : 'cancel')}
          icon="chevron-left"
          size={20}
          disabledReason={state.name === 'undoing' ? t('main:import.undoing') : null}
          onClick={leave}
        />
        <span className="grow">
          <h1>{t('main:import.title')}</h1>
          <span className="file cut" dir="auto" title={file}>
            {file}
          </span>
        </span>
      </div>
      <Step state={state} />
    </section>
  );
}

function Step({ state }: { state: ImportState }): ReactNode {
  switch (state.name) {
    case 'reading':
      return <Going text={t('main:import.reading', { file: state.file })} share={state.share} canCancel />;
    case 'read':
      return <Preview key={state.file} state={state} />;
    case 'writing':
      return <Going text={t('main:import.writing', { ...state })} share={state.done / state.total} canCancel />;
    case 'undoing':
      return <Going text={t('main:import.undoing')} share={state.total > 0 ? state.done / state.total : null} />;
    case 'written':
      return <Written state={state} />;
    case 'undone':
      return <Undone kept={state.kept} />;
    case 'failed':
      return <Failed state={state} />;
  }
}

function isHalfUndone(state: ImportState): boolean {
  return state.name === 'failed' && state.undoing !== undefined;
}

/** With a way out where there is one: a large file takes its time. */
function Going({ text, share, canCancel }: { text: string; share: number | null; canCancel?: boolean }): ReactNode {
  return (
    <div className="going">
      <p role="status">{text}</p>
      <Progress label={text} share={share} />
      {canCancel && <CancelButton />}
    </div>
  );
}

function CancelButton(): ReactNode {
  return <Button onClick={() => void run({ type: 'cancel-import' })}>{t('cancel')}</Button>;
}

function DoneButton(): ReactNode {
  return (
    <Button kind="primary" onClick={() => void run({ type: 'close-import' })}>
      {t('done')}
    </Button>
  );
}

const emptyWords = {
  new: { title: 'main:import.noNew', text: 'main:import.noNewText' },
  changed: { title: 'main:import.noChanged', text: 'main:import.noChangedText' },
  skipped: { title: 'main:import.noSkipped', text: 'main:import.noSkippedText' },
} as const;

function Preview({ state }: { state: Extract<ImportState, { name: 'read' }> }): ReactNode {
  const totals = { new: state.added, changed: state.changed, skipped: state.skipped };
  const parts = ['new', 'changed', 'skipped'] as const;
  const [show, setShow] = useState<ImportShow>(parts.find((part) => totals[part] > 0) ?? 'new');
  const count = totals.new + totals.changed;
  return (
    <>
      <Segmented
        label={t('main:import.parts')}
        value={show}
        onChange={setShow}
        options={parts.map((value) => ({ value, label: t(`main:import.${value}`, { count: totals[value] }) }))}
      />
      {totals[show] === 0 ? (
        <EmptyState
          icon={show === 'skipped' ? 'check' : 'users'}
          title={t(emptyWords[show].title)}
          text={t(emptyWords[show].text)}
        />
      ) : (
        <ImportList key={show} show={show} total={totals[show]} />
      )}
      <div className="form-foot">
        <span className="note" />
        <CancelButton />
        <Button
          kind="primary"
          disabledReason={count === 0 ? t('main:import.nothing') : null}
          onClick={() => void run({ type: 'write-import' })}
        >
          {t('main:import.start', { count })}
        </Button>
      </div>
    </>
  );
}

function Written({ state }: { state: Extract<ImportState, { name: 'written' }> }): ReactNode {
  const { added, changed } = state;
  const parts = [t('main:import.added', { count: added }), t('main:import.changedNow', { count: changed })];
  return (
    <EmptyState
      icon="check"
      title={t('main:import.written')}
      text={`${parts.join(', ')}.`}
      action={
        <span className="pair">
          <Button icon="undo-2" onClick={() => void run({ type: 'cancel-import' })}>
            {t('undo')}
          </Button>
          <DoneButton />
        </span>
      }
    />
  );
}

function Undone({ kept }: { kept: number }): ReactNode {
  if (kept === 0) return <EmptyState icon="undo-2" title={t('main:import.undone')} action={<DoneButton />} />;
  return (
    <EmptyState
      icon="undo-2"
      title={t('main:import.takenBack')}
      text={t('main:import.kept', { count: kept })}
      action={<DoneButton />}
    />
  );
}

function Failed({ state }: { state: Extract<ImportState, { name: 'failed' }> }): ReactNode {
  const problem = problemText(state.problem);
  const { undoing } = state;
  return (
    <>
      {undoing === undefined ? (
        <Banner kind="error" title={t('main:import.failed')} text={t('main:import.failedText', { problem })} />
      ) : (
        <Banner kind="error" title={t('main:import.undoFailed')} text={t('main:import.undoFailedText', { problem })} />
      )}
      <div className="form-foot">
        <span className="note" />
        {undoing === undefined ? (
          <CancelButton />
        ) : (
          <Button kind="primary" icon="undo-2" onClick={() => void run({ type: 'undo-import', importId: undoing })}>
            {t('main:pastImports.takeBack')}
          </Button>
        )}
      </div>
    </>
  );
}
