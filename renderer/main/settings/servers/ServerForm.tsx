// ServerForm: a company directory or an address book; "Try it" asks the server as the form has it, before anything is kept.
import { useId, useRef, useState, type FormEvent, type ReactNode } from 'react';
import type { DirectoryServer, Outcome, CommandResult, Problem } from '../../../../contract/index.ts';
import { Button, Icon, IconButton, problemText, run, t, usePhone } from '../../../common/index.ts';
import '../../account/account-form.css';
import { CardDavFields } from './CardDavFields.tsx';
import { LdapFields } from './LdapFields.tsx';
import { RemoveServer } from './RemoveServer.tsx';
import {
  serverDraft,
  serverFieldOf,
  serverGap,
  serverValues,
  type ServerFieldName,
  type ServerValues,
} from './server-draft.ts';

export interface ServerFormProps {
  kind: DirectoryServer['kind'];
  /** null: a new one. */
  serverId: string | null;
  onClose: () => void;
}

/** What the last press of a button came to. */
type Answer = { name: 'works'; text: string } | { name: 'trouble'; field: ServerFieldName | null; text: string };

/** As the parts of the form see it. */
export interface ServerFormState {
  values: ServerValues;
  hasPassword: boolean;
  isNew: boolean;
  /** What is wrong with this field. */
  error: (field: ServerFieldName) => string | null;
  type: (change: Partial<ServerValues>) => void;
}

export function ServerForm({ kind, serverId, onClose }: ServerFormProps): ReactNode {
  const known = usePhone((state) => state.servers.find(({ config }) => config.id === serverId)) ?? null;
  const [values, setValues] = useState(() => serverValues(known?.config ?? null));
  const [id] = useState(() => serverId ?? `${kind}-${crypto.randomUUID()}`);
  const [busy, setBusy] = useState<'try' | 'save' | null>(null);
  const [answer, setAnswer] = useState<Answer | null>(() => firstTrouble(known?.problem ?? null, kind));
  const typedSince = useRef(0);
  const headingId = useId();

  const trouble = (field: ServerFieldName | null, text: string) => setAnswer({ name: 'trouble', field, text });
  const send = async (what: 'try' | 'save') => {
    const gap = serverGap(values, kind);
    if (gap) return trouble(gap.field, t(`setup:server.${gap.key}`));
    const typed = typedSince.current;
    setBusy(what);
    setAnswer(null);
    const draft = serverDraft(values, kind, id);
    const outcome = await run({ type: what === 'try' ? 'try-server' : 'save-server', ...draft }, { quiet: true });
    setBusy(null);
    if (what === 'save' && outcome.ok) return onClose();
    // The answer is about what was typed then.
    if (typedSince.current === typed) setAnswer(answerOf(outcome, kind));
  };
  const form: ServerFormState = {
    values,
    hasPassword: known?.hasPassword ?? false,
    isNew: serverId === null,
    error: (field) => (answer?.name === 'trouble' && answer.field === field ? answer.text : null),
    type(change) {
      typedSince.current += 1;
      setAnswer(null);
      setValues({ ...values, ...change });
    },
  };
  const title = {
    ldap: serverId === null ? t('setup:server.newLdap') : t('setup:server.ldap'),
    carddav: serverId === null ? t('setup:server.newCardDav') : t('setup:server.cardDav'),
  }[kind];
  return (
    <form
      className="account-form server-form"
      aria-labelledby={headingId}
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void send('save');
      }}
    >
      <div className="back-line">
        <IconButton label={t('back')} icon="chevron-left" size={20} onClick={onClose} />
        <h1 id={headingId}>{title}</h1>
      </div>
      <div className="fields">
        {kind === 'ldap' ? <LdapFields form={form} /> : <CardDavFields form={form} />}
        {known && <RemoveServer config={known.config} onRemoved={onClose} />}
      </div>
      <div className="form-foot">
        <span className={answer?.name === 'trouble' ? 'note trouble' : 'note works'} role="status">
          {answer && (answer.name === 'works' || answer.field === null) && (
            <>
              <Icon name={answer.name === 'works' ? 'check' : 'circle-alert'} size={14} />
              <span>{answer.text}</span>
            </>
          )}
        </span>
        <Button disabledReason={busy ? t('setup:server.trying') : null} onClick={() => void send('try')}>
          {t(busy === 'try' ? 'setup:server.trying' : 'setup:server.tryIt')}
        </Button>
        <Button kind="primary" type="submit" disabledReason={busy ? t('setup:server.trying') : null}>
          {t('save')}
        </Button>
      </div>
    </form>
  );
}

/** What is known to be wrong stands where it can be mended. */
function firstTrouble(problem: Problem | null, kind: DirectoryServer['kind']): Answer | null {
  return problem && { name: 'trouble', field: serverFieldOf(problem.field, kind), text: problemText(problem) };
}

function answerOf(outcome: Outcome<CommandResult>, kind: DirectoryServer['kind']): Answer {
  if (!outcome.ok)
    return { name: 'trouble', field: serverFieldOf(outcome.problem.field, kind), text: problemText(outcome.problem) };
  const { count = 0, more = false } = outcome.value.people ?? {};
  if (count === 0) {
    const key = kind === 'ldap' ? 'setup:server.worksNobody' : 'setup:server.worksNobodyBook';
    return { name: 'trouble', field: null, text: t(key) };
  }
  const people = t('setup:sources.people', { count });
  return { name: 'works', text: t(more ? 'setup:server.worksMore' : 'setup:server.works', { people }) };
}
