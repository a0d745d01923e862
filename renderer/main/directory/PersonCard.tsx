// PersonCard: one person: every number a click away, the calls with them, edit and delete.
import { useEffect, useRef, type ReactNode } from 'react';
import { serverPersonPrefix, type Person, type PhoneNumber } from '../../../contract/index.ts';
import {
  Button,
  EmptyState,
  Icon,
  IconButton,
  MenuButton,
  onArrowKeys,
  PersonAvatar,
  run,
  showToast,
  t,
  usePhone,
  useQuery,
  type IconName,
} from '../../common/index.ts';
import { bareDigits, kindWord } from '../field/dial-words.ts';
import { useCallNumber, useFieldMode } from '../field/dial-field-context.tsx';
import { PersonCalls, usePersonCalls } from './PersonCalls.tsx';
import './person-card.css';

export interface PersonCardProps {
  personId: string;
  onBack: () => void;
  onEdit: () => void;
  /** Somebody of a server is now in the contacts, under this id. */
  onAdded: (personId: string) => void;
  /** Opens the conversation with this number. */
  onMessage: (number: string) => void;
}

/** They are not in the store: they can be called and added, but not changed. */
function isOnServer({ id }: Person): boolean {
  return id.startsWith(serverPersonPrefix);
}

function AddButton({ person, onAdded }: { person: Person; onAdded: (personId: string) => void }): ReactNode {
  const add = async () => {
    const { name, company, email, numbers } = person;
    const outcome = await run({ type: 'save-person', person: { name, company, email, numbers } });
    if (!outcome.ok || outcome.value.id === undefined) return;
    onAdded(outcome.value.id);
    showToast({ kind: 'done', text: t('main:addedToContacts', { name }) });
  };
  return (
    <Button small icon="user-plus" onClick={() => void add()}>
      {t('main:addToContacts')}
    </Button>
  );
}

const kindIcons: Record<PhoneNumber['kind'], IconName> = {
  work: 'phone',
  mobile: 'smartphone',
  home: 'phone',
  extension: 'phone',
  sip: 'at-sign',
  other: 'phone',
};

export function PersonCard({ personId, onBack, onEdit, onAdded, onMessage }: PersonCardProps): ReactNode {
  const revision = usePhone((state) => state.directoryRevision);
  const answer = useQuery({ type: 'person', personId }, revision);
  const person = answer.data?.id === personId ? answer.data : null;
  const page = useRef<HTMLElement>(null);
  useEffect(() => page.current?.focus({ preventScroll: true }), []);
  return (
    <section
      ref={page}
      tabIndex={-1}
      className="card-page"
      aria-label={person?.name ?? t('main:contacts')}
      data-area="list"
    >
      <div className="back-line">
        <IconButton label={t('back')} icon="chevron-left" size={20} onClick={onBack} />
        <span className="grow" />
        {person && isOnServer(person) && <AddButton person={person} onAdded={onAdded} />}
        {person && !isOnServer(person) && (
          <>
            <IconButton
              label={t('main:favourite')}
              icon="star"
              className={person.favourite ? 'is-favourite' : ''}
              fill={person.favourite}
              aria-pressed={person.favourite}
              onClick={() => void run({ type: 'set-favourite', personId, favourite: !person.favourite })}
            />
            <Button small icon="pencil" onClick={onEdit}>
              {t('edit')}
            </Button>
          </>
        )}
      </div>
      {person && <Card person={person} onMessage={onMessage} onDeleted={onBack} />}
      {!person && answer.isCurrent && (
        <EmptyState icon="user" title={t('main:gone')} action={<Button onClick={onBack}>{t('back')}</Button>} />
      )}
    </section>
  );
}

interface CardProps {
  person: Person;
  onMessage: (number: string) => void;
  onDeleted: () => void;
}

function Card({ person, onMessage, onDeleted }: CardProps): ReactNode {
  const callNumber = useCallNumber();
  const calls = usePersonCalls(person);
  const lastUsed = calls[0]?.number;
  const isLastUsed = (number: PhoneNumber) =>
    lastUsed !== undefined && (number.value === lastUsed || sameDigits(number.value, lastUsed));
  const numbers = person.numbers.toSorted((a, b) => Number(isLastUsed(b)) - Number(isLastUsed(a)));
  const [main] = numbers;

  const remove = async () => {
    const outcome = await run({ type: 'remove-person', personId: person.id });
    if (!outcome.ok) return;
    onDeleted();
    showToast({
      kind: 'done',
      text: t('main:deleted', { name: person.name }),
      action: { label: t('undo'), run: () => void run({ type: 'restore-person', personId: person.id }) },
    });
  };

  return (
    <div className="person-card">
      <div className="who">
        <PersonAvatar name={person.name} size="xl" personId={person.id} hasPicture={person.picture !== undefined} />
        <div className="grow">
          <h2 className="cut selectable" title={person.name}>
            {person.name}
          </h2>
          {person.company && <span className="st selectable">{person.company}</span>}
          {person.blocked && (
            <span className="st is-blocked">
              <Icon name="ban" size={14} />
              {t('main:blocked')}
            </span>
          )}
        </div>
      </div>
      <div className="acts">
        <Button
          tall
          kind="call"
          icon="phone"
          disabledReason={main ? null : t('main:noNumber')}
          title={main?.value}
          onClick={() => main && callNumber(main.value, person.id)}
        >
          {t('call')}
        </Button>
        <Button
          tall
          icon="message-square"
          disabledReason={main ? null : t('main:noNumber')}
          onClick={() => main && onMessage(main.value)}
        >
          {t('main:messages.text')}
        </Button>
        {!isOnServer(person) && (
          <MenuButton
            className="icon-button more"
            label={t('more')}
            menuLabel={t('more')}
            placement="bottom end"
            parts={[
              {
                entries: [
                  {
                    id: 'block',
                    icon: 'ban',
                    label: t(person.blocked ? 'main:unblock' : 'main:block'),
                    onAction: () => void block(person, !person.blocked),
                  },
                  { id: 'delete', icon: 'x', label: t('delete'), onAction: () => void remove() },
                ],
              },
            ]}
          >
            <Icon name="ellipsis" />
          </MenuButton>
        )}
      </div>
      {numbers.length > 0 && (
        <div className="group" role="group" aria-label={t('main:number')} onKeyDown={onArrowKeys}>
          {numbers.map((number, index) => (
            <NumberLine
              key={`${number.kind} ${number.value}`}
              number={number}
              isUsedLast={numbers.length > 1 && isLastUsed(number)}
              isStop={index === 0}
              onCall={() => callNumber(number.value, person.id)}
            />
          ))}
        </div>
      )}
      {(person.email || person.note || person.groups || person.ringTone) && (
        <div className="group">
          {person.email && <Fact icon="at-sign" text={person.email} label={t('main:email')} />}
          {person.note && <Fact icon="info" text={person.note} label={t('main:note')} />}
          {person.groups && <Groups names={person.groups} />}
          {person.ringTone && (
            <Fact icon="bell" text={t(`setup:sound.ringTones.${person.ringTone}`)} label={t('main:personRing')} />
          )}
        </div>
      )}
      <PersonCalls calls={calls} />
      {person.source !== 'local' && (
        <p className="source-note">
          {t(isOnServer(person) ? 'main:onServer' : 'main:fromSource', { source: person.source })}
        </p>
      )}
    </div>
  );
}

interface NumberLineProps {
  number: PhoneNumber;
  isUsedLast: boolean;
  /** The one tab stop of the numbers. */
  isStop: boolean;
  onCall: () => void;
}

function NumberLine({ number: { kind, value }, isUsedLast, isStop, onCall }: NumberLineProps): ReactNode {
  const call = t('main:callTarget', { target: value });
  const word = isUsedLast ? t('main:usedLast', { kind: kindWord(kind) }) : kindWord(kind);
  return (
    <button
      type="button"
      className="line number"
      // The words on it are part of its name, for who speaks them to press it.
      aria-label={`${call} ${word}`}
      title={call}
      tabIndex={isStop ? 0 : -1}
      onClick={onCall}
    >
      <Icon name={kindIcons[kind]} />
      <span className="grow">
        <span className={value.includes('@') ? 'address cut' : 'num'}>{value}</span> <span className="d">{word}</span>
      </span>
      <span className="icon-button call" aria-hidden="true">
        <Icon name="phone" size={14} fill />
      </span>
    </button>
  );
}

async function block(person: Person, blocked: boolean): Promise<void> {
  const { blocked: _, ...rest } = person;
  const outcome = await run({ type: 'save-person', person: { ...rest, blocked } });
  if (!outcome.ok) return;
  showToast({
    kind: 'done',
    text: t(blocked ? 'main:blockedNow' : 'main:unblockedNow', { name: person.name }),
    action: { label: t('undo'), run: () => void run({ type: 'save-person', person }) },
  });
}

function Fact({ icon, text, label }: { icon: IconName; text: string; label: string }): ReactNode {
  return (
    <div className="line">
      <Icon name={icon} />
      <span className="grow selectable">
        <bdi>{text}</bdi>
        <span className="d">{label}</span>
      </span>
    </div>
  );
}

/** Each shows everybody in it. */
function Groups({ names }: { names: readonly string[] }): ReactNode {
  const { setText, focus } = useFieldMode();
  const show = (name: string) => {
    setText(name);
    focus();
  };
  return (
    <div className="line">
      <Icon name="users" />
      <div className="grow">
        <div className="groups" role="group" aria-label={t('main:groups')}>
          {[...new Set(names)].map((name) => (
            <button
              key={name}
              type="button"
              className="chip"
              aria-label={t('main:showGroup', { group: name })}
              title={t('main:showGroup', { group: name })}
              onClick={() => show(name)}
            >
              <bdi>{name}</bdi>
            </button>
          ))}
        </div>
        <span className="d">{t('main:groups')}</span>
      </div>
    </div>
  );
}

function sameDigits(a: string, b: string): boolean {
  return !a.includes('@') && !b.includes('@') && bareDigits(a) !== '' && bareDigits(a) === bareDigits(b);
}
