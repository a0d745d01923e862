// RecentCalls: every attempt, with what became of it in words: a part of them, of one account, or those searched for.
import { useDeferredValue, useEffect, useState, type ReactNode } from 'react';
import type { CallRecord, HistoryFilter } from '../../../contract/index.ts';
import {
  Banner,
  Button,
  EmptyState,
  Icon,
  IconButton,
  MenuButton,
  run,
  Segmented,
  showToast,
  t,
  usePhone,
  type MenuPart,
  problemText,
} from '../../common/index.ts';
import { RecentList } from './RecentList.tsx';
import { useHistory, type HistoryChoice } from './use-history.ts';
import './recents.css';

const emptyWords = {
  all: { title: 'main:noCalls', text: 'main:noCallsText' },
  missed: { title: 'main:noMissed', text: 'main:noMissedText' },
  incoming: { title: 'main:noIncoming', text: 'main:noIncomingText' },
  outgoing: { title: 'main:noOutgoing', text: 'main:noOutgoingText' },
} as const;

export interface RecentCallsProps {
  onOpen: (personId: string) => void;
  onAdd: (number: string) => void;
  onDetails: (record: CallRecord) => void;
}

export function RecentCalls(props: RecentCallsProps): ReactNode {
  const [filter, setFilter] = useState<HistoryFilter>('all');
  const [accountId, setAccountId] = useState<string | undefined>(undefined);
  const [typed, setTyped] = useState<string | null>(null);
  const text = useDeferredValue(typed?.trim() ?? '');
  const choice: HistoryChoice = {
    filter,
    ...(text === '' ? {} : { text }),
    ...(accountId === undefined ? {} : { accountId }),
  };
  const history = useHistory(choice);
  useSeen();
  const isEmpty = history.records?.length === 0;
  return (
    <div className="recent-calls">
      <div className="choose">
        <Segmented
          label={t('main:recentCalls')}
          value={filter}
          onChange={setFilter}
          options={[
            { value: 'all', label: t('main:all') },
            { value: 'missed', label: t('main:missed') },
            { value: 'incoming', label: t('main:incoming') },
            { value: 'outgoing', label: t('main:outgoing') },
          ]}
        />
        <IconButton
          label={t('main:searchCalls')}
          icon="search"
          on={typed !== null}
          aria-pressed={typed !== null}
          onClick={() => setTyped(typed === null ? '' : null)}
        />
        <MoreButton choice={choice} onAccount={setAccountId} />
      </div>
      {typed !== null && <SearchLine text={typed} onChange={setTyped} onClose={() => setTyped(null)} />}
      {history.problem && <Banner kind="error" title={t('main:noCallsAnswer')} text={problemText(history.problem)} />}
      {isEmpty && text !== '' && (
        <EmptyState icon="search" title={t('main:noneFound')} text={t('main:noneFoundText')} />
      )}
      {isEmpty && text === '' && (
        <EmptyState
          icon={filter === 'missed' ? 'check' : 'history'}
          title={t(emptyWords[filter].title)}
          text={t(emptyWords[filter].text)}
          action={filter !== 'all' && <Button onClick={() => setFilter('all')}>{t('main:showAllCalls')}</Button>}
        />
      )}
      <RecentList key={`${filter} ${accountId ?? ''} ${text}`} history={history} {...props} />
    </div>
  );
}

interface SearchLineProps {
  text: string;
  onChange: (text: string) => void;
  onClose: () => void;
}

function SearchLine({ text, onChange, onClose }: SearchLineProps): ReactNode {
  return (
    <div className="search-line box">
      <Icon name="search" />
      <input
        // It was asked for by the button just pressed.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        value={text}
        aria-label={t('main:searchCalls')}
        placeholder={t('main:nameOrNumber')}
        maxLength={256}
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          onClose();
        }}
      />
    </div>
  );
}

interface MoreButtonProps {
  choice: HistoryChoice;
  onAccount: (accountId: string | undefined) => void;
}

function MoreButton({ choice, onAccount }: MoreButtonProps): ReactNode {
  const accounts = usePhone((state) => state.accounts);
  const { accountId } = choice;
  const ofAccounts: MenuPart = {
    label: t('main:whichAccount'),
    entries: [
      {
        id: 'all',
        label: t('main:allAccounts'),
        checked: accountId === undefined,
        onAction: () => onAccount(undefined),
      },
      ...accounts.map(({ config }) => ({
        id: `account-${config.id}`,
        label: config.label,
        checked: accountId === config.id,
        onAction: () => onAccount(config.id),
      })),
    ],
  };
  const exporting: MenuPart = {
    entries: [
      { id: 'export', icon: 'download', label: t('main:exportCalls'), onAction: () => void exportCalls(choice) },
    ],
  };
  return (
    <MenuButton
      className={accountId === undefined ? 'icon-button' : 'icon-button on'}
      label={t('main:moreCalls')}
      menuLabel={t('main:moreCalls')}
      placement="bottom end"
      parts={accounts.length > 1 ? [ofAccounts, exporting] : [exporting]}
    >
      <Icon name="ellipsis" />
    </MenuButton>
  );
}

async function exportCalls(choice: HistoryChoice): Promise<void> {
  const outcome = await run({ type: 'export-history', ...choice });
  const file = outcome.ok ? outcome.value.file : undefined;
  if (file !== undefined) showToast({ kind: 'done', text: t('main:exported', { file }) });
}

/** Who looks at the list has seen what was missed. */
function useSeen(): void {
  const missed = usePhone((state) => state.missedCalls);
  useEffect(() => {
    if (missed === 0) return undefined;
    const mark = () => {
      if (document.visibilityState === 'visible') void run({ type: 'mark-history-seen' }, { quiet: true });
    };
    mark();
    document.addEventListener('visibilitychange', mark);
    return () => document.removeEventListener('visibilitychange', mark);
  }, [missed]);
}
