// SourcesPage: where people come from, each source with how it is doing; servers can be added, changed, tried and removed.
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import type { DirectoryServer, DirectoryServerState, SourceState } from '../../../../contract/index.ts';
import {
  Button,
  EmptyState,
  Icon,
  IconButton,
  MenuButton,
  problemText,
  run,
  t,
  useToday,
  usePhone,
  useQuery,
} from '../../../common/index.ts';
import { ServerForm } from './ServerForm.tsx';
import { serverWords, sourceName } from './server-words.ts';
import './servers.css';

/** A server that is looked at: a known one, or a new one of this kind. */
type Open = { kind: DirectoryServer['kind']; serverId: string | null };

export function SourcesPage({ onBack }: { onBack: () => void }): ReactNode {
  const [open, setOpen] = useState<Open | null>(null);
  if (open) return <ServerForm kind={open.kind} serverId={open.serverId} onClose={() => setOpen(null)} />;
  return <SourceList onBack={onBack} onOpen={setOpen} />;
}

function SourceList({ onBack, onOpen }: { onBack: () => void; onOpen: (open: Open) => void }): ReactNode {
  const headingId = useId();
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => back.current?.focus({ preventScroll: true }), []);
  const servers = usePhone((state) => state.servers);
  const revision = usePhone((state) => state.directoryRevision);
  const sources = useQuery({ type: 'sources' }, revision).data ?? [];
  const here = sources.filter(({ source }) => !servers.some(({ config }) => config.name === source));
  return (
    <section className="settings sources" aria-labelledby={headingId}>
      <div className="back-line">
        <IconButton label={t('back')} icon="chevron-left" size={20} ref={back} onClick={onBack} />
        <h1 id={headingId} className="grow cut">
          {t('setup:sources.title')}
        </h1>
        <AddButton onOpen={onOpen} />
      </div>
      <div className="lines">
        {here.length > 0 && (
          <>
            <h2 className="group-head">{t('setup:sources.here')}</h2>
            <div className="group">
              {here.map((source) => (
                <HereLine key={source.source} source={source} />
              ))}
            </div>
          </>
        )}
        <h2 className="group-head">{t('setup:sources.servers')}</h2>
        {servers.length === 0 ? (
          <EmptyState icon="users" title={t('setup:sources.none')} text={t('setup:sources.noneHint')} />
        ) : (
          <div className="group">
            {servers.map((server) => (
              <ServerLine
                key={server.config.id}
                server={server}
                onOpen={() => onOpen({ kind: server.config.kind, serverId: server.config.id })}
              />
            ))}
          </div>
        )}
      </div>
    </section>
  );
}

function AddButton({ onOpen }: { onOpen: (open: Open) => void }): ReactNode {
  const entry = (kind: Open['kind'], label: string) => ({
    id: kind,
    label,
    onAction: () => onOpen({ kind, serverId: null }),
  });
  return (
    <MenuButton
      className="button"
      label={t('setup:sources.add')}
      menuLabel={t('setup:sources.add')}
      placement="bottom end"
      parts={[
        { entries: [entry('ldap', t('setup:sources.addLdap')), entry('carddav', t('setup:sources.addCardDav'))] },
      ]}
    >
      <Icon name="plus" />
      {t('setup:sources.add')}
    </MenuButton>
  );
}

function HereLine({ source }: { source: SourceState }): ReactNode {
  return (
    <div className="line">
      <Icon name="user" />
      <span className="words">
        {sourceName(source)}
        {source.problem && (
          <span className="d trouble" role="status">
            {problemText(source.problem)}
          </span>
        )}
      </span>
      <span className="v num">{t('setup:sources.people', { count: source.people })}</span>
    </div>
  );
}

function ServerLine({ server, onOpen }: { server: DirectoryServerState; onOpen: () => void }): ReactNode {
  const today = useToday();
  const { config, isBusy } = server;
  const { text, isTrouble } = serverWords(server, today);
  const descriptionId = useId();
  return (
    <div className="line server">
      <button type="button" className="open" aria-describedby={descriptionId} onClick={onOpen}>
        <Icon
          name={isTrouble ? 'triangle-alert' : config.kind === 'ldap' ? 'search' : 'book-user'}
          className={isTrouble ? 'trouble' : ''}
        />
        <span className="words">
          <span className="cut">{config.name}</span>
          <span className={isTrouble ? 'd trouble' : 'd'} id={descriptionId} role="status">
            {text}
          </span>
        </span>
        {config.kind === 'ldap' && <Icon name="chevron-right" />}
      </button>
      {config.kind === 'carddav' && (
        <Button
          small
          icon="refresh-cw"
          disabledReason={isBusy ? t('setup:sources.working') : null}
          onClick={() => void run({ type: 'sync-server', serverId: config.id }, { quiet: true })}
        >
          {t('setup:sources.syncNow')}
        </Button>
      )}
    </div>
  );
}
