// Settings: applies at once. For you, and for administrators; the list of accounts is a page of its own.
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { Banner, t, usePhone } from '../../common/index.ts';
import { About, PracticeLine } from './AdministratorLines.tsx';
import { AccountsPage } from './AccountsPage.tsx';
import { AccountsLine } from './AccountsLine.tsx';
import { AppearanceLine, DoNotDisturbLine, StartAtLoginLine } from './DesktopLines.tsx';
import { MicrophoneLine, SpeakerLine } from './DeviceLines.tsx';
import { HeadsetLine } from './HeadsetLine.tsx';
import { RingOnLine } from './RingOnLine.tsx';
import { RingVolumeLine } from './RingVolumeLine.tsx';
import { SoundLine, SoundPage } from './SoundPage.tsx';
import './settings.css';

export interface SettingsProps {
  /** A part to show at once: menu and banners lead there. Read once; a new visit is a new `key`. */
  section: 'accounts' | 'audio' | 'headset' | null;
  /** Opens the account form over everything; null: a new account. */
  onOpenAccount: (accountId: string | null) => void;
}

export function Settings({ section, onOpenAccount }: SettingsProps): ReactNode {
  const [page, setPage] = useState<'main' | 'accounts' | 'sound'>(section === 'accounts' ? 'accounts' : 'main');
  if (page === 'accounts') return <AccountsPage onBack={() => setPage('main')} onOpenAccount={onOpenAccount} />;
  if (page === 'sound') return <SoundPage onBack={() => setPage('main')} />;
  return <MainPage section={section} onOpenAccounts={() => setPage('accounts')} onOpenSound={() => setPage('sound')} />;
}

interface MainPageProps {
  section: SettingsProps['section'];
  onOpenAccounts: () => void;
  onOpenSound: () => void;
}

function MainPage({ section, onOpenAccounts, onOpenSound }: MainPageProps) {
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
          <AccountsLine onOpen={onOpenAccounts} />
          <HeadsetLine />
          <MicrophoneLine problem={problem?.message ?? null} />
          <SpeakerLine />
          <RingOnLine />
          <RingVolumeLine />
          <SoundLine onOpen={onOpenSound} />
          <DoNotDisturbLine />
          <StartAtLoginLine />
          <AppearanceLine />
        </div>
        <h2 className="group-head">{t('setup:settings.forAdministrators')}</h2>
        <div className="group">
          <PracticeLine />
          <About />
        </div>
      </div>
    </section>
  );
}
