// Duplicates: people who seem to be here more than once, each group to be merged, with a way back.
import type { ReactNode } from 'react';
import type { Person } from '../../../contract/index.ts';
import {
  Banner,
  Button,
  EmptyState,
  IconButton,
  PersonAvatar,
  problemText,
  run,
  showToast,
  t,
  usePhone,
  useQuery,
} from '../../common/index.ts';
import './duplicates.css';

export interface DuplicatesProps {
  onBack: () => void;
  onOpen: (personId: string) => void;
}

export function Duplicates({ onBack, onOpen }: DuplicatesProps): ReactNode {
  const revision = usePhone((state) => state.directoryRevision);
  const { data: groups, problem } = useQuery({ type: 'duplicates' }, revision);
  return (
    <section className="card-page duplicates" aria-label={t('main:duplicates.title')} data-area="list">
      <div className="back-line">
        <IconButton label={t('back')} icon="chevron-left" size={20} onClick={onBack} />
        <h1>{t('main:duplicates.title')}</h1>
      </div>
      {problem && <Banner kind="error" title={t('main:noPeopleAnswer')} text={problemText(problem)} />}
      {groups?.length === 0 && (
        <EmptyState
          icon="check"
          title={t('main:duplicates.none')}
          text={t('main:duplicates.noneText')}
          action={<Button onClick={onBack}>{t('back')}</Button>}
        />
      )}
      {groups !== undefined && groups.length > 0 && (
        <div className="person-card">
          <p className="lead">{t('main:duplicates.lead', { count: groups.length })}</p>
          {groups.map((group) => (
            <Group key={group.map(({ id }) => id).join()} people={group} onOpen={onOpen} />
          ))}
        </div>
      )}
    </section>
  );
}

function Group({ people, onOpen }: { people: readonly Person[]; onOpen: (personId: string) => void }): ReactNode {
  const name = people[0]?.name ?? '';
  const merge = async () => {
    const outcome = await run({ type: 'merge-people', personIds: people.map(({ id }) => id) });
    if (!outcome.ok) return;
    const { undo } = outcome.value;
    showToast({
      kind: 'done',
      text: t('main:duplicates.merged', { name }),
      ...(undo === undefined
        ? {}
        : { action: { label: t('undo'), run: () => void run({ type: 'undo-people', undo }) } }),
    });
  };
  const keepApart = async () => {
    const personIds = people.map(({ id }) => id);
    const outcome = await run({ type: 'keep-apart', personIds, apart: true });
    if (!outcome.ok) return;
    const back = () => void run({ type: 'keep-apart', personIds, apart: false });
    showToast({ kind: 'done', text: t('main:duplicates.keptApart'), action: { label: t('undo'), run: back } });
  };
  return (
    <div className="group" role="group" aria-label={name}>
      {people.map((person) => (
        <button key={person.id} type="button" className="line" onClick={() => onOpen(person.id)}>
          <PersonAvatar name={person.name} personId={person.id} hasPicture={person.picture !== undefined} />
          <span className="grow">
            <span className="cut">{person.name}</span>
            <span className="d cut">{detail(person)}</span>
          </span>
        </button>
      ))}
      <div className="line">
        <span className="grow" />
        <Button small aria-label={t('main:duplicates.apartName', { name })} onClick={() => void keepApart()}>
          {t('main:duplicates.apart')}
        </Button>
        <Button small icon="merge" aria-label={t('main:duplicates.mergeName', { name })} onClick={() => void merge()}>
          {t('main:duplicates.merge')}
        </Button>
      </div>
    </div>
  );
}

function detail({ company, numbers }: Person): string {
  const parts = [...(company === undefined ? [] : [company]), ...numbers.map(({ value }) => value)];
  return parts.join(' · ') || t('main:noNumber');
}
