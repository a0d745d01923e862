// RecentRow: a call that was. The number beside the green button is exactly the one that will be redialled.
import { memo, type KeyboardEvent, type ReactNode } from 'react';
import type { CallRecord } from '../../../contract/index.ts';
import {
  formatTime,
  Icon,
  IconButton,
  MenuButton,
  run,
  showToast,
  shownNumber,
  t,
  type MenuEntry,
} from '../../common/index.ts';
import { useOpenRecord } from '../calls/record/open-record.ts';
import { callIcon, callLength, callWhen, outcomeWord } from './call-words.ts';

export interface RecentRowProps {
  record: CallRecord;
  rowIndex: number;
  isStop: boolean;
  isSelected: boolean;
  onSelect: (recordId: string) => void;
  onCall: (number: string, personId: string | undefined, calledOn: string) => void;
  onChoose: (number: string, personId: string | undefined) => void;
  onOpen: (personId: string) => void;
  onAdd: (number: string) => void;
  onDetails: (record: CallRecord) => void;
}

export const RecentRow = memo(function RecentRow(props: RecentRowProps): ReactNode {
  const { record, rowIndex, isStop, isSelected, onSelect, onCall, onChoose, onOpen, onAdd, onDetails } = props;
  const openRecord = useOpenRecord();
  const { id, personId, number, accountId } = record;
  const name = record.name ?? shownNumber(number);
  const length = callLength(record);
  const call = () => onCall(number, personId, accountId);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && event.target === event.currentTarget) {
      event.preventDefault();
      onChoose(number, personId);
    }
  };
  const entries: MenuEntry[] = [
    { id: 'details', label: t('main:callDetails'), icon: 'info', onAction: () => onDetails(record) },
    personId === undefined
      ? { id: 'add', label: t('main:addPerson'), icon: 'user-plus', onAction: () => onAdd(number) }
      : { id: 'open', label: t('main:openCard', { name }), icon: 'user', onAction: () => onOpen(personId) },
    ...(openRecord
      ? [
          {
            id: 'record',
            label: t('diagnostics:record.open'),
            icon: 'arrow-up-down',
            onAction: () => openRecord(id, name),
          } as const,
        ]
      : []),
    ...recordingEntries(record.recordings ?? []),
    ...(personId === undefined && record.direction === 'incoming'
      ? [{ id: 'block', label: t('main:blockNumber'), icon: 'ban' as const, onAction: () => void block(record) }]
      : []),
    {
      id: 'remove',
      label: t('main:removeFromList'),
      icon: 'x',
      onAction: () => void run({ type: 'remove-history', recordId: id }),
    },
  ];
  const classes = ['person-row', record.result, isSelected && 'is-selected', !record.seen && 'is-new'];
  return (
    <div
      role="row"
      aria-rowindex={rowIndex}
      aria-selected={isSelected ? true : undefined}
      className={classes.filter(Boolean).join(' ')}
      tabIndex={isStop ? 0 : -1}
      data-row-focus
      onClick={() => onSelect(id)}
      onDoubleClick={call}
      onKeyDown={onKeyDown}
    >
      <span className="way">
        <Icon name={callIcon(record)} />
      </span>
      <div role="gridcell" className="grow">
        <span className={record.name === undefined ? 'name cut num' : 'name cut'} title={name}>
          {name}
        </span>
        <SecondLine record={record} />
      </div>
      <div role="gridcell" className="tail">
        <span className="side">
          <span className="num">{formatTime(record.startedAt)}</span>
          {length !== null && <span className="source num">{length}</span>}
        </span>
        <span className="actions" onDoubleClick={(event) => event.stopPropagation()}>
          <MenuButton
            className="icon-button"
            label={t('main:moreFor', { name })}
            menuLabel={t('main:moreFor', { name })}
            placement="bottom end"
            parts={[{ entries }]}
          >
            <Icon name="ellipsis" />
          </MenuButton>
          <IconButton
            label={t('main:callBack', { number: shownNumber(number) })}
            icon="phone"
            kind="call"
            tabIndex={-1}
            onClick={(event) => {
              event.stopPropagation();
              call();
            }}
          />
        </span>
      </div>
    </div>
  );
});

/** A person of that number alone, on the block list. */
async function block({ number }: CallRecord): Promise<void> {
  const name = shownNumber(number);
  const kind = number.includes('@') ? 'sip' : 'other';
  const outcome = await run({
    type: 'save-person',
    person: { name, numbers: [{ value: number, kind }], blocked: true },
  });
  const personId = outcome.ok ? outcome.value.id : undefined;
  if (personId === undefined) return;
  showToast({
    kind: 'done',
    text: t('main:blockedNow', { name }),
    action: { label: t('undo'), run: () => void run({ type: 'remove-person', personId }) },
  });
}

/** Several where it was recorded more than once. */
function recordingEntries(files: readonly string[]): MenuEntry[] {
  return files.map((file, index) => ({
    id: `recording-${index}`,
    label: files.length === 1 ? t('main:showRecording') : t('main:showRecordingOf', { number: index + 1 }),
    icon: 'circle-dot',
    onAction: () => void run({ type: 'show-recording', file }),
  }));
}

/** What became of it and the number; under the pointer the time, which gave its place to the buttons, and the number. */
function SecondLine({ record }: { record: CallRecord }): ReactNode {
  const outcome = outcomeWord(record);
  const isNumberInName = record.name === undefined;
  // A reason in words needs the whole line; the number comes with the pointer.
  const hasNumber = !isNumberInName && record.result !== 'failed';
  return (
    <>
      <span className={record.result === 'failed' ? 'sub parts at-rest why' : 'sub parts at-rest'}>
        {outcome !== null && <span className="cut">{outcome}</span>}
        {outcome !== null && hasNumber && <span className="gap"> · </span>}
        {hasNumber && <span className="num">{shownNumber(record.number)}</span>}
        {record.recordings && (
          <>
            <span className="gap"> · </span>
            <span className="cut" title={record.recordings.join('\n')}>
              {t('main:recorded')}
            </span>
          </>
        )}
        {record.note && (
          <span className="cut" title={record.note}>
            {' · '}
            {t('main:callNote', { note: record.note })}
          </span>
        )}
        {outcome === null && isNumberInName && t(record.direction === 'incoming' ? 'main:incoming' : 'main:outgoing')}
      </span>
      <span className="sub parts at-hand" aria-hidden="true">
        <span className="cut num when">{callWhen(record)}</span>
        {!isNumberInName && <span className="gap"> · </span>}
        {!isNumberInName && <span className="num">{shownNumber(record.number)}</span>}
      </span>
    </>
  );
}
