// Settings: applies at once. For you, and for administrators; the list of accounts and the SIP trace are pages of their own.
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { Banner, Icon, t, usePhone, problemText } from '../../common/index.ts';
import { About, PracticeLine } from './AdministratorLines.tsx';
import { BundleLine } from './bundle/BundleLine.tsx';
import { BundlePage } from './bundle/BundlePage.tsx';
import { LogLine } from './log/LogLine.tsx';
import { LogPage } from './log/LogPage.tsx';
import { AccountsPage } from './AccountsPage.tsx';
import { AccountsLine } from './AccountsLine.tsx';
import { CallsLine, CallsPage } from './CallsPage.tsx';
import { AppearanceLine, DoNotDisturbLine, LanguageLine, StartAtLoginLine, ZoomLine } from './DesktopLines.tsx';
import { DiagnosisLine } from './diagnosis/DiagnosisLine.tsx';
import { DiagnosisPage } from './diagnosis/DiagnosisPage.tsx';
import { MicrophoneLine, SpeakerLine } from './DeviceLines.tsx';
import { HeadsetLine } from './headset/HeadsetLines.tsx';
import { HeadsetPage } from './headset/HeadsetPage.tsx';
import { RingOnLine } from './RingOnLine.tsx';
import { RingVolumeLine } from './RingVolumeLine.tsx';
import { SourcesLine } from './servers/SourcesLine.tsx';
import { SourcesPage } from './servers/SourcesPage.tsx';
import { SettingsSearch } from './SettingsSearch.tsx';
import { showLine, type SettingPlace, type SettingsPage } from './setting-lines.ts';
import { ShortcutsLine, ShortcutsPage } from './ShortcutsPage.tsx';
import { TraceLine } from './trace/TraceLine.tsx';
import { TracePage } from './trace/TracePage.tsx';
import { SoundLine, SoundPage } from './SoundPage.tsx';
import type { SettingsSection } from '../use-views.ts';
import './settings.css';

export interface SettingsProps {
  /** A part to show at once: menu, banners, search and palette lead there. Read once; a new visit is a new `key`. */
  section: SettingsSection;
  /** Opens the account form over everything; null: a new account. */
  onOpenAccount: (accountId: string | null) => void;
}

export function Settings({ section, onOpenAccount }: SettingsProps): ReactNode {
  const [place, setPlace] = useState<SettingPlace>(() => placeOf(section));
  const whole = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (place.label !== '' && whole.current) showLine(whole.current, place.label);
  }, [place]);
  const open = (page: SettingsPage) => setPlace({ page, label: '' });
  return (
    <div className="settings-pages" ref={whole}>
      <PageOf page={place.page} section={section} onOpen={open} onShow={setPlace} onOpenAccount={onOpenAccount} />
    </div>
  );
}

function placeOf(section: SettingsSection): SettingPlace {
  if (section !== null && typeof section === 'object') return section;
  return { page: section === 'accounts' || section === 'headset' ? section : 'main', label: '' };
}

interface PageOfProps extends SettingsProps, Omit<MainPageProps, 'section'> {
  page: SettingsPage;
}

function PageOf({ page, section, onOpen, onShow, onOpenAccount }: PageOfProps): ReactNode {
  const back = () => onOpen('main');
  switch (page) {
    case 'accounts':
      return <AccountsPage onBack={back} onOpenAccount={onOpenAccount} />;
    case 'calls':
      return <CallsPage onBack={back} />;
    case 'headset':
      return <HeadsetPage onBack={back} />;
    case 'sources':
      return <SourcesPage onBack={back} />;
    case 'sound':
      return <SoundPage onBack={back} />;
    case 'shortcuts':
      return <ShortcutsPage onBack={back} />;
    case 'trace':
      return <TracePage onBack={back} />;
    case 'log':
      return <LogPage onBack={back} />;
    case 'bundle':
      return <BundlePage onBack={back} />;
    case 'diagnosis':
      return (
        <DiagnosisPage
          onBack={back}
          onOpenAccount={onOpenAccount}
          onOpenAudio={() => onShow({ page: 'main', label: t('setup:settings.microphone') })}
        />
      );
    case 'main':
      return <MainPage section={section} onOpen={onOpen} onShow={onShow} />;
  }
}

interface MainPageProps {
  section: SettingsSection;
  onOpen: (page: SettingsPage) => void;
  /** Goes to a line, with the focus on it. */
  onShow: (place: SettingPlace) => void;
}

function MainPage({ section, onOpen, onShow }: MainPageProps): ReactNode {
  const [text, setText] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const headingId = useId();
  useEffect(() => {
    if (typeof section !== 'string') return;
    const line = list.current?.querySelector(`[data-section='${section}']`);
    line?.scrollIntoView({ block: 'center' });
    if (section === 'language') line?.querySelector('button')?.focus({ preventScroll: true });
  }, [section]);
  return (
    <section className="settings" aria-labelledby={headingId}>
      <div className="back-line title">
        <h1 id={headingId} className="grow">
          {t('setup:settings.title')}
        </h1>
        <label className="search">
          <Icon name="search" />
          <input
            type="search"
            aria-label={t('setup:settings.search')}
            placeholder={t('setup:settings.search')}
            spellCheck={false}
            autoComplete="off"
            maxLength={64}
            value={text}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Escape' || text === '') return;
              event.preventDefault();
              event.stopPropagation();
              setText('');
            }}
          />
        </label>
      </div>
      <div className="lines" ref={list}>
        {text.trim() === '' ? (
          <AllLines onOpen={onOpen} />
        ) : (
          <SettingsSearch
            text={text}
            onOpen={(place) => {
              setText('');
              onShow(place);
            }}
          />
        )}
      </div>
    </section>
  );
}

/** For you, and for administrators. */
function AllLines({ onOpen }: Pick<MainPageProps, 'onOpen'>): ReactNode {
  const secretsProtected = usePhone((state) => state.secretsProtected);
  const problem = usePhone((state) => state.devices.problem);
  return (
    <>
      {!secretsProtected && (
        <Banner kind="warning" title={t('setup:settings.secretsTitle')} text={t('setup:settings.secrets')} />
      )}
      <h2 className="group-head">{t('setup:settings.forYou')}</h2>
      <div className="group">
        <AccountsLine onOpen={() => onOpen('accounts')} />
        <HeadsetLine onOpen={() => onOpen('headset')} />
        <MicrophoneLine problem={problem && problemText(problem)} />
        <SpeakerLine />
        <RingOnLine />
        <RingVolumeLine />
        <SoundLine onOpen={() => onOpen('sound')} />
        <CallsLine onOpen={() => onOpen('calls')} />
        <SourcesLine onOpen={() => onOpen('sources')} />
        <DoNotDisturbLine />
        <ShortcutsLine onOpen={() => onOpen('shortcuts')} />
        <StartAtLoginLine />
        <AppearanceLine />
        <ZoomLine />
        <LanguageLine />
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
    </>
  );
}
