// ImportPage: a file of people is read, looked at, written; nothing is written before it was looked at.
import { useState, type ReactNode } from 'react';
import type { ImportShow, ImportState } from '../../../../contract/index.ts';
import { Banner, Button, EmptyState, IconButton, Progress, run, Segmented, t } from '../../../common/index.ts';
import { ImportList } from './ImportList.tsx';
import './import.css';

export function ImportPage({ state }: { state: ImportState }): ReactNode {
  const isOver = state.name === 'written' || state.name === 'undone';
  const leave = () => void run({ type: isOver ? 'close-import' : 'cancel-import' });
  return (
    <section className="card-page import-page" aria-label={t('main:import.title')} data-area="list">
      <div className="back-line">
        <IconButton label={t(isOver ? 'back' : 'cancel')} icon="chevron-left" size={20} onClick={leave} />
        <span className="grow">
          <h1>{t('main:import.title')}</h1>
          <span className="file cut" title={state.file}>
            {state.file}
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
      return <Going text={t('main:import.reading', { file: state.file })} share={state.share} />;
    case 'read':
      return <Preview key={state.file} state={state} />;
    case 'writing':
      return <Going text={t('main:import.writing', { ...state })} share={state.done / state.total} />;
    case 'undoing':
      return <Going text={t('main:import.undoing')} share={null} />;
    case 'written':
      return <Written state={state} />;
    case 'undone':
      return <EmptyState icon="undo-2" title={t('main:import.undone')} action={<DoneButton />} />;
    case 'failed':
      return (
        <>
          <Banner
            kind="error"
            title={t('main:import.failed')}
            text={t('main:import.failedText', { problem: state.problem.message })}
          />
          <div className="form-foot">
            <span className="note" />
            <CancelButton />
          </div>
        </>
      );
  }
}

/** With a way out: a large file takes its time. */
function Going({ text, share }: { text: string; share: number | null }): ReactNode {
  return (
    <div className="going">
      <p role="status">{text}</p>
      <Progress label={text} share={share} />
      {share !== null && <CancelButton />}
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
