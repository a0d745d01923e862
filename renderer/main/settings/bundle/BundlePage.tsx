// BundlePage: what support would get, file by file, before anything is written; each can be read and left out.
import { useEffect, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { BundleEntry, Problem } from '../../../../contract/index.ts';
import { ask, Banner, Button, problemText, IconButton, run, showToast, t, useQuery } from '../../../common/index.ts';
import { sizeText } from './size-text.ts';
import { SettingsPage } from '../SettingsPage.tsx';
import './bundle.css';

export function BundlePage({ onBack }: { onBack: () => void }): ReactNode {
  const { entries, problem } = usePrepared();
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(new Set());
  const [shown, setShown] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const kept = entries?.filter(({ name }) => !leftOut.has(name)) ?? [];
  const size = kept.reduce((sum, entry) => sum + entry.size, 0);

  const toggle = (name: string): void =>
    setLeftOut((before) => {
      const after = new Set(before);
      if (!after.delete(name)) after.add(name);
      return after;
    });
  const save = async (): Promise<void> => {
    setSaving(true);
    const outcome = await run({ type: 'save-bundle', leaveOut: [...leftOut] });
    setSaving(false);
    const file = outcome.ok ? outcome.value.file : undefined;
    if (file !== undefined) showToast({ kind: 'done', text: t('setup:trace.saved', { file }) });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    if (shown === null) onBack();
    else setShown(null);
  };

  return (
    <SettingsPage title={t('diagnostics:bundle.title')} onBack={onBack} className="bundle" onKeyDown={onKeyDown}>
      <div className="lines">
        <p className="lead">{t('diagnostics:bundle.lead')}</p>
        {problem && <Banner kind="error" title={t('diagnostics:bundle.failed')} text={problemText(problem)} />}
        {entries === null && !problem && (
          <p className="lead" role="status">
            {t('diagnostics:bundle.collecting')}
          </p>
        )}
        {entries && (
          <ul className="group files">
            {entries.map((entry) => (
              <FileRow
                key={entry.name}
                entry={entry}
                isIn={!leftOut.has(entry.name)}
                isShown={shown === entry.name}
                onToggle={() => toggle(entry.name)}
                onShow={() => setShown(shown === entry.name ? null : entry.name)}
              />
            ))}
          </ul>
        )}
      </div>
      {shown !== null && <FileText name={shown} onClose={() => setShown(null)} />}
      <div className="foot">
        <span className="grow note">
          {entries && t('diagnostics:bundle.sum', { count: kept.length, size: sizeText(size) })}
        </span>
        <Button
          kind="primary"
          aria-busy={isSaving}
          disabledReason={kept.length === 0 ? t('diagnostics:bundle.nothingToSave') : null}
          onClick={() => void save()}
        >
          {t('diagnostics:bundle.save')}
        </Button>
      </div>
    </SettingsPage>
  );
}

/** Collected anew at each visit: what is shown is what would be written. */
function usePrepared(): { entries: BundleEntry[] | null; problem: Problem | null } {
  const [entries, setEntries] = useState<BundleEntry[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    let isOver = false;
    const collect = async (): Promise<void> => {
      const prepared = await run({ type: 'prepare-bundle' }, { quiet: true });
      const answer = prepared.ok ? await ask({ type: 'bundle' }) : prepared;
      if (isOver) return;
      if (answer.ok) setEntries(answer.value);
      else setProblem(answer.problem);
    };
    void collect();
    return () => {
      isOver = true;
    };
  }, []);
  return { entries, problem };
}

interface FileRowProps {
  entry: BundleEntry;
  isIn: boolean;
  isShown: boolean;
  onToggle: () => void;
  onShow: () => void;
}

function FileRow({ entry, isIn, isShown, onToggle, onShow }: FileRowProps): ReactNode {
  const { name, topic, size } = entry;
  return (
    <li className={isIn ? 'line' : 'line is-out'}>
      <input
        type="checkbox"
        checked={isIn}
        aria-label={t('diagnostics:bundle.include', { name })}
        onChange={onToggle}
      />
      <button type="button" className="words" aria-expanded={isShown} onClick={onShow}>
        <span className="cut">{name}</span>
        <span className="d">{t(`diagnostics:bundle.topic.${topic}`)}</span>
      </button>
      <span className="v num small">{sizeText(size)}</span>
    </li>
  );
}

function FileText({ name, onClose }: { name: string; onClose: () => void }): ReactNode {
  const { data } = useQuery({ type: 'bundle-file', name });
  return (
    <section className="text" aria-label={name}>
      <div className="text-head">
        <span className="cut">{name}</span>
        <IconButton label={t('diagnostics:bundle.closeFile')} icon="x" onClick={onClose} />
      </div>
      {/* A long file is scrolled by the keyboard, too. */}
      <pre className="selectable" tabIndex={0}>
        {data ?? ''}
      </pre>
    </section>
  );
}
