// CallDetails: one call that was: what became of it and why, when, on which account, how it was heard.
import { useEffect, useRef, type ReactNode } from 'react';
import type { CallRecord, QualitySummary } from '../../../contract/index.ts';
import {
  Button,
  dayHeading,
  formatDuration,
  formatTime,
  Icon,
  IconButton,
  PersonAvatar,
  run,
  shownNumber,
  t,
  useToday,
  usePhone,
  type IconName,
} from '../../common/index.ts';
import { useCallNumber } from '../field/dial-field-context.tsx';
import { qualityDetails, qualityWord } from '../calls/index.ts';
import { callIcon, callLength, outcomeWord } from './call-words.ts';
import '../directory/person-card.css';

export interface CallDetailsProps {
  record: CallRecord;
  onBack: () => void;
  onOpen: (personId: string) => void;
  onAdd: (number: string) => void;
}

export function CallDetails({ record, onBack, onOpen, onAdd }: CallDetailsProps): ReactNode {
  const callNumber = useCallNumber();
  const page = useRef<HTMLElement>(null);
  useEffect(() => page.current?.focus({ preventScroll: true }), []);
  const account = usePhone((state) => state.accounts.find(({ config }) => config.id === record.accountId)?.config);
  const { personId, number } = record;
  const name = record.name ?? shownNumber(number);
  return (
    <section ref={page} tabIndex={-1} className="card-page" aria-label={t('main:details.title')} data-area="list">
      <div className="back-line">
        <IconButton label={t('back')} icon="chevron-left" size={20} onClick={onBack} />
        <span className="grow" />
        {personId === undefined ? (
          <Button small icon="user-plus" onClick={() => onAdd(number)}>
            {t('main:addPerson')}
          </Button>
        ) : (
          <Button small icon="user" onClick={() => onOpen(personId)}>
            {t('main:openCard', { name })}
          </Button>
        )}
      </div>
      <div className="person-card">
        <div className="who">
          <PersonAvatar name={name} size="xl" personId={personId} />
          <div className="grow">
            <h2 className="cut selectable" title={name}>
              {name}
            </h2>
            <span className="st selectable num">{shownNumber(number)}</span>
          </div>
        </div>
        <div className="acts is-one">
          <Button
            tall
            kind="call"
            icon="phone"
            title={t('main:callTarget', { target: number })}
            onClick={() => callNumber(number, personId, account?.id)}
          >
            {t('main:details.callBack')}
          </Button>
          {account && <p className="on-account">{t('main:details.onAccount', { account: account.label })}</p>}
        </div>
        <Facts record={record} account={account?.label ?? record.accountId} />
        {record.quality && <Sound quality={record.quality} />}
        <Recordings files={record.recordings ?? []} />
      </div>
    </section>
  );
}

function Facts({ record, account }: { record: CallRecord; account: string }): ReactNode {
  const today = useToday();
  const { startedAt, connectedAt, endedAt } = record;
  const talked = callLength(record);
  const rang = Math.round(((connectedAt ?? endedAt) - startedAt) / 1000);
  return (
    <div className="group">
      <Fact
        icon={callIcon(record)}
        label={t(record.direction === 'incoming' ? 'main:incoming' : 'main:outgoing')}
        text={outcomeWord(record) ?? t('main:details.answered')}
      />
      <Fact
        icon="history"
        label={t('main:details.start')}
        text={`${dayHeading(startedAt, today)}, ${formatTime(startedAt)}`}
      />
      {rang > 0 && record.result !== 'blocked' && (
        <Fact icon="bell" label={t('main:details.rang')} text={formatDuration(rang * 1000)} />
      )}
      {talked !== null && <Fact icon="phone" label={t('main:details.talked')} text={talked} />}
      <Fact icon="user" label={t('main:details.account')} text={account} />
    </div>
  );
}

function Fact({ icon, text, label }: { icon: IconName; text: string; label: string }): ReactNode {
  return (
    <div className="line">
      <Icon name={icon} />
      <span className="grow selectable">
        {text}
        <span className="d">{label}</span>
      </span>
    </div>
  );
}

/** The whole call's, as the meter in a call grades and names it. */
function Sound({ quality }: { quality: QualitySummary }): ReactNode {
  return (
    <>
      <div className="group-head">{t('main:details.sound', { word: t(`calls:quality.${qualityWord(quality)}`) })}</div>
      <div className="group">
        {qualityDetails(quality).map(({ name, value }) => (
          <div key={name} className="line">
            <span className="grow">{name}</span>
            <span className="v num">{value}</span>
          </div>
        ))}
      </div>
    </>
  );
}

function Recordings({ files }: { files: readonly string[] }): ReactNode {
  if (files.length === 0) return null;
  return (
    <>
      <div className="group-head">{t('main:details.recordings')}</div>
      <div className="group">
        {files.map((file) => (
          <button key={file} type="button" className="line" onClick={() => void run({ type: 'show-recording', file })}>
            <Icon name="circle-dot" />
            <span className="grow">
              <span className="cut recording" title={file}>
                {file.split(/[\\/]/u).at(-1)}
              </span>
              <span className="d">{t('main:showRecording')}</span>
            </span>
          </button>
        ))}
      </div>
    </>
  );
}
