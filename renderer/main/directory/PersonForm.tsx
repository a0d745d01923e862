// PersonForm: a new person, or changes to a known one.
import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import type { Person, PersonDraft, PersonRingTone, PhoneNumber, Problem } from '../../../contract/index.ts';
import { Button, IconButton, run, Select, t, TextField, usePhone, useQuery, problemText } from '../../common/index.ts';
import { kindWord, numberKinds } from '../field/dial-words.ts';
import { BlockLine, RingToneSelect } from './PersonSounds.tsx';
import { PictureField } from './PictureField.tsx';
import './person-card.css';

export interface PersonFormProps {
  /** null: a new person. */
  personId: string | null;
  /** For a new person: the number that was typed or that called. */
  number: string | undefined;
  onClose: (savedId: string | null) => void;
}

export function PersonForm({ personId, number, onClose }: PersonFormProps): ReactNode {
  const revision = usePhone((state) => state.directoryRevision);
  const answer = useQuery(personId === null ? null : { type: 'person', personId }, revision);
  if (personId === null) return <Form person={null} number={number} onClose={onClose} />;
  const person = answer.data?.id === personId ? answer.data : null;
  return person && <Form person={person} number={undefined} onClose={onClose} />;
}

let lastKey = 0;
const line = (value: PhoneNumber): DraftNumber => ({ ...value, key: ++lastKey });

interface DraftNumber extends PhoneNumber {
  /** Stays the same while lines come and go. */
  key: number;
}

/**
 * What was typed in forms that were left (Back, Escape, a click elsewhere): there again when the form is opened again.
 * Saving and Cancel forget it.
 */
const leftOpen = new Map<
  string,
  {
    name: string;
    company: string;
    email: string;
    note: string;
    groups: string;
    picture: string | undefined;
    ringTone: PersonRingTone | undefined;
    blocked: boolean;
    numbers: DraftNumber[];
  }
>();

function Form({ person, number, onClose }: { person: Person | null } & Omit<PersonFormProps, 'personId'>): ReactNode {
  const draftKey = person?.id ?? `new ${number ?? ''}`;
  const left = leftOpen.get(draftKey);
  const [name, setName] = useState(left?.name ?? person?.name ?? '');
  const [company, setCompany] = useState(left?.company ?? person?.company ?? '');
  const [email, setEmail] = useState(left?.email ?? person?.email ?? '');
  const [note, setNote] = useState(left?.note ?? person?.note ?? '');
  const [groups, setGroups] = useState(left?.groups ?? person?.groups?.join(', ') ?? '');
  const [picture, setPicture] = useState(left ? left.picture : person?.picture);
  const [ringTone, setRingTone] = useState(left ? left.ringTone : person?.ringTone);
  const [blocked, setBlocked] = useState(left?.blocked ?? person?.blocked ?? false);
  const [numbers, setNumbers] = useState(() => {
    if (left) return left.numbers;
    const known = person?.numbers ?? [];
    return (known.length > 0 ? known : [{ value: number ?? '', kind: kindOf(number ?? '') }]).map(line);
  });
  const isTouched = useRef(left !== undefined);
  useEffect(() => {
    if (isTouched.current) {
      leftOpen.set(draftKey, { name, company, email, note, groups, picture, ringTone, blocked, numbers });
    }
    isTouched.current = true;
  }, [draftKey, name, company, email, note, groups, picture, ringTone, blocked, numbers]);
  const close = (savedId: string | null) => {
    leftOpen.delete(draftKey);
    onClose(savedId);
  };
  const [problem, setProblem] = useState<Problem | null>(null);
  const nameInput = useRef<HTMLInputElement>(null);
  useEffect(() => nameInput.current?.focus(), []);

  const change = (key: number, part: Partial<PhoneNumber>) =>
    setNumbers((lines) => lines.map((other) => (other.key === key ? { ...other, ...part } : other)));

  const save = async () => {
    if (name.trim() === '') {
      setProblem({ code: 'name-missing', message: t('main:needsName'), field: 'name' });
      nameInput.current?.focus();
      return;
    }
    const draft: PersonDraft = {
      ...(person ? { id: person.id } : {}),
      name: name.trim(),
      company: company.trim(),
      email: email.trim(),
      note,
      ...(picture === undefined ? {} : { picture }),
      ...(ringTone === undefined ? {} : { ringTone }),
      ...(blocked ? { blocked } : {}),
      groups: groupNames(groups),
      numbers: numbers
        .filter(({ value }) => value.trim() !== '')
        .map(({ value, kind }) => ({ value: value.trim(), kind })),
    };
    const outcome = await run({ type: 'save-person', person: draft }, { quiet: true });
    if (outcome.ok) close(outcome.value.id ?? person?.id ?? null);
    else setProblem(outcome.problem);
  };

  const errorOf = (field: string) => (problem?.field === field ? problemText(problem) : null);
  const isElsewhere = problem !== null && !/^(?:name|company|email|numbers)/u.test(problem.field ?? '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save();
  };
  return (
    <form
      className="card-page"
      aria-label={t(person ? 'main:editPerson' : 'main:addPerson')}
      data-area="list"
      onSubmit={submit}
      noValidate
    >
      <div className="back-line">
        <IconButton label={t('back')} icon="chevron-left" size={20} onClick={() => onClose(null)} />
        <h1>{t(person ? 'main:editPerson' : 'main:addPerson')}</h1>
      </div>
      <div className="form">
        <PictureField name={name} picture={picture} onChange={setPicture} />
        <TextField
          label={t('main:name')}
          value={name}
          onChange={(value) => {
            setName(value);
            setProblem(null);
          }}
          error={errorOf('name')}
          inputRef={nameInput}
          maxLength={256}
        />
        {numbers.map((entry, index) => (
          <div key={entry.key} className="number-line">
            <TextField
              label={t('main:number')}
              value={entry.value}
              className="grow"
              maxLength={256}
              error={errorOf(`numbers[${index}].value`) ?? (index === 0 ? errorOf('numbers') : null)}
              onChange={(value) => change(entry.key, { value, kind: value.includes('@') ? 'sip' : entry.kind })}
            />
            <Select
              label={t('main:numberKind')}
              className="kind"
              value={entry.kind}
              options={numberKinds.map((kind) => ({ value: kind, label: kindWord(kind) }))}
              onChange={(kind) => change(entry.key, { kind })}
            />
            <IconButton
              label={t('main:removeNumber', { number: entry.value })}
              icon="x"
              onClick={() => setNumbers((lines) => lines.filter((other) => other.key !== entry.key))}
            />
          </div>
        ))}
        <Button
          kind="plain"
          small
          icon="plus"
          className="add-number"
          onClick={() => setNumbers((lines) => [...lines, line({ value: '', kind: 'work' })])}
        >
          {t('main:addNumber')}
        </Button>
        <TextField
          label={t('main:company')}
          aside={t('main:optional')}
          value={company}
          onChange={setCompany}
          maxLength={256}
        />
        <TextField
          label={t('main:email')}
          aside={t('main:optional')}
          value={email}
          onChange={setEmail}
          maxLength={256}
        />
        <TextField label={t('main:note')} aside={t('main:optional')} value={note} onChange={setNote} maxLength={4096} />
        <TextField
          label={t('main:groups')}
          aside={t('main:groupsHint')}
          value={groups}
          onChange={setGroups}
          maxLength={1024}
        />
        <RingToneSelect value={ringTone} onChange={setRingTone} />
        <BlockLine blocked={blocked} onChange={setBlocked} />
      </div>
      <div className="form-foot">
        <span className="note bad" role={isElsewhere ? 'alert' : undefined}>
          {isElsewhere && problemText(problem)}
        </span>
        <Button onClick={() => close(null)}>{t('cancel')}</Button>
        <Button kind="primary" type="submit">
          {t(person ? 'save' : 'main:addPerson')}
        </Button>
      </div>
    </form>
  );
}

/** "Team, Zürich": names between commas, each once. */
function groupNames(written: string): string[] {
  const names = written.split(',').map((name) => name.trim().slice(0, 64));
  return [...new Set(names.filter((name) => name !== ''))].slice(0, 64);
}

/** Extensions are short, addresses have an @. */
function kindOf(number: string): PhoneNumber['kind'] {
  if (number.includes('@')) return 'sip';
  return /^\d{1,5}$/u.test(number.trim()) ? 'extension' : 'work';
}
