// Settings: applies at once. For you, and for administrators; the list of accounts and the SIP trace are pages of their own.
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { Banner, t, usePhone } from '../../common/index.ts';
import { About, PracticeLine } from './AdministratorLines.tsx';
import { BundleLine } from './bundle/BundleLine.tsx';
import { BundlePage } from './bundle/BundlePage.tsx';
import { LogLine } from './log/LogLine.tsx';
import { LogPage } from './log/LogPage.tsx';
import { AccountsPage } from './AccountsPage.tsx';
import { AccountsLine } from './AccountsLine.tsx';
import { CallsLine, CallsPage } from './CallsPage.tsx';
import { AppearanceLine, DoNotDisturbLine, StartAtLoginLine } from './DesktopLines.tsx';
import { DiagnosisLine } from './diagnosis/DiagnosisLine.tsx';
import { DiagnosisPage } from './diagnosis/DiagnosisPage.tsx';
import { MicrophoneLine, SpeakerLine } from './DeviceLines.tsx';
import { HeadsetLine } from './headset/HeadsetLines.tsx';
import { HeadsetPage } from './headset/HeadsetPage.tsx';
import { RingOnLine } from './RingOnLine.tsx';
import { RingVolumeLine } from './RingVolumeLine.tsx';
import { SourcesLine } from './servers/SourcesLine.tsx';
import { SourcesPage } from './servers/SourcesPage.tsx';
import { TraceLine } from './trace/TraceLine.tsx';
import { TracePage } from './trace/TracePage.tsx';
import { SoundLine, SoundPage } from './SoundPage.tsx';
import './settings.css';

export interface SettingsProps {
  /** A part to show at once: menu and banners lead there. Read once; a new visit is a new `key`. */
  section: 'accounts' | 'audio' | 'headset' | null;
  /** Opens the account form over everything; null: a new account. */
  onOpenAccount: (accountId: string | null) => void;
}

export function Settings({ section, onOpenAccount }: SettingsProps): ReactNode {
  const [page, setPage] = useState<'main' | SubPage>(
    section === 'accounts' || section === 'headset' ? section : 'main',
  );
  const [inSight, setInSight] = useState(section);
  const back = () => setPage('main');
  if (page === 'accounts') return <AccountsPage onBack={back} onOpenAccount={onOpenAccount} />;
  if (page === 'calls') return <CallsPage onBack={back} />;
  if (page === 'sources') return <SourcesPage onBack={back} />;
  if (page === 'headset') return <HeadsetPage onBack={back} />;
  if (page === 'sound') return <SoundPage onBack={back} />;
  if (page === 'trace') return <TracePage onBack={back} />;
  if (page === 'log') return <LogPage onBack={back} />;
  if (page === 'bundle') return <BundlePage onBack={back} />;
  if (page === 'diagnosis') {
    const openAudio = () => {
      setInSight('audio');
      back();
    };
    return <DiagnosisPage onBack={back} onOpenAccount={onOpenAccount} onOpenAudio={openAudio} />;
  }
  return <MainPage section={inSight} onOpen={setPage} />;
}

type SubPage = 'accounts' | 'bundle' | 'calls' | 'diagnosis' | 'headset' | 'log' | 'sound' | 'sources' | 'trace';

interface MainPageProps {
  section: SettingsProps['section'];
  onOpen: (page: SubPage) => void;
}

function MainPage({ section, onOpen }: MainPageProps): ReactNode {
  const secretsProtected = usePhone((state) => state.secretsProtected);
  const problem = usePhone((state) => state.devices.problem);
  const list = useRef<HTMLDivElement>(null);
  const headingId = useId();
  useEffect(() => {
    if (section === null) return;
    list.current?.querySelector(`[data-section='${section}']`)?.scrollIntoView({ block: 'center' });
  }, [section]);
  return (
    <section className="settings" aria-labelledby={headingId}>
      <div className="back-line title">
        <h1 id={headingId}>{t('setup:settings.title')}</h1>
      </div>
      <div className="lines" ref={list}>
        {!secretsProtected && (
          <Banner kind="warning" title={t('setup:settings.secretsTitle')} text={t('setup:settings.secrets')} />
        )}
        <h2 className="group-head">{t('setup:settings.forYou')}</h2>
        <div className="group">
          <AccountsLine onOpen={() => onOpen('accounts')} />
          <HeadsetLine onOpen={() => onOpen('headset')} />
          <MicrophoneLine problem={problem?.message ?? null} />
          <SpeakerLine />
          <RingOnLine />
          <RingVolumeLine />
          <SoundLine onOpen={() => onOpen('sound')} />
          <CallsLine onOpen={() => onOpen('calls')} />
          <SourcesLine onOpen={() => onOpen('sources')} />
          <DoNotDisturbLine />
          <StartAtLoginLine />
          <AppearanceLine />
        </div>
        <h2 className="group-head">{t('setup:settings.forAdministrators')}</h2>
        <div className="group">
          <DiagnosisLine onOpen={() => onOpen('diagnosis')} />
          <PracticeLine />
          <TraceLine onOpen={() => onOpen('trace')} />
          <LogLine onOpen={() => onOpen('log')} />
          <BundleLine onOpen={() => onOpen('bundle')} />
          <About />
        </div>
      </div>
    </section>
  );
}
