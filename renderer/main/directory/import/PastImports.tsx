// PastImports: the imports that can still be taken back, also long after their end.
import type { ReactNode } from 'react';
import type { PastImport } from '../../../../contract/index.ts';
import {
  Banner,
  Button,
  dayHeading,
  EmptyState,
  formatTime,
  IconButton,
  problemText,
  run,
  t,
  useToday,
  usePhone,
  useQuery,
} from '../../../common/index.ts';
import './import.css';

export function PastImports({ onBack }: { onBack: () => void }): ReactNode {
  const revision = usePhone((state) => state.directoryRevision);
  const { data: imports, problem } = useQuery({ type: 'past-imports' }, revision);
  return (
    <section className="card-page past-imports" aria-label={t('main:pastImports.title')} data-area="list">
      <div className="back-line">
        <IconButton label={t('back')} icon="chevron-left" size={20} onClick={onBack} />
        <h1>{t('main:pastImports.title')}</h1>
      </div>
      {problem && <Banner kind="error" title={t('main:noPeopleAnswer')} text={problemText(problem)} />}
      {imports?.length === 0 && (
        <EmptyState
          icon="undo-2"
          title={t('main:pastImports.none')}
          text={t('main:pastImports.noneText')}
          action={<Button onClick={onBack}>{t('back')}</Button>}
        />
      )}
      {imports !== undefined && imports.length > 0 && (
        <div className="person-card">
          <p className="lead">{t('main:pastImports.lead')}</p>
          <div className="group" role="list" aria-label={t('main:pastImports.title')}>
            {imports.map((one) => (
              <Import key={one.id} one={one} />
            ))}
          </div>
        </div>
      )}
    </section>
  );
}

function Import({ one }: { one: PastImport }): ReactNode {
  const today = useToday();
  const file = fileWords(one.file);
  const undo = () => void run({ type: 'undo-import', importId: one.id });
  return (
    <div className="line" role="listitem">
      <span className="grow">
        <span className="cut" dir="auto" title={file}>
          {file}
        </span>
        <span className="d">{`${dayHeading(one.at, today)}, ${formatTime(one.at)}`}</span>
        <span className="d">{counts(one)}</span>
      </span>
      <Button small icon="undo-2" aria-label={t('main:pastImports.takeBackFile', { file })} onClick={undo}>
        {t('main:pastImports.takeBack')}
      </Button>
    </div>
  );
}

/** As it is called in a list and over a page. */
export function fileWords(file: string | null): string {
  return file ?? t('main:pastImports.earlier');
}

function counts({ added, changed }: PastImport): string {
  const parts = [
    ...(added > 0 ? [t('main:import.added', { count: added })] : []),
    ...(changed > 0 ? [t('main:import.changedNow', { count: changed })] : []),
  ];
  return parts.join(' · ');
}
