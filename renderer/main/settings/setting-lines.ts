// Where each setting stands, by its words: what the search of the settings and the palette look through.
import { t } from '../../common/index.ts';

/** `main` is the first page; the others open from it. */
export type SettingsPage =
  | 'main'
  | 'accounts'
  | 'calls'
  | 'headset'
  | 'sources'
  | 'sound'
  | 'shortcuts'
  | 'trace'
  | 'log'
  | 'bundle'
  | 'diagnosis';

export interface SettingPlace {
  page: SettingsPage;
  /** As it stands on the page. */
  label: string;
}

export interface SettingLine extends SettingPlace {
  /** The sentence that explains it. */
  hint: string;
}

/** All lines that a person can change or open, in the order of the pages. */
export function settingLines(): SettingLine[] {
  return [
    { page: 'main', label: t('setup:settings.accounts'), hint: t('setup:accounts.noneHint') },
    { page: 'main', label: t('setup:headset.title'), hint: t('setup:headset.buttonsHint') },
    { page: 'headset', label: t('setup:headset.busylight'), hint: t('setup:headset.busylightHint') },
    { page: 'main', label: t('setup:settings.microphone'), hint: t('setup:settings.microphoneHint') },
    { page: 'main', label: t('setup:settings.speaker'), hint: t('setup:settings.speakerHint') },
    { page: 'main', label: t('setup:settings.ringOn'), hint: t('setup:settings.ringOnHint') },
    { page: 'main', label: t('setup:settings.ringVolume'), hint: t('setup:settings.ringVolumeHint') },
    { page: 'main', label: t('setup:settings.sound'), hint: t('setup:settings.soundHint') },
    { page: 'main', label: t('setup:calls.title'), hint: t('setup:calls.lineHint') },
    { page: 'main', label: t('setup:sources.title'), hint: t('setup:sources.lineHint') },
    { page: 'main', label: t('doNotDisturb'), hint: t('setup:settings.disturb.hint') },
    { page: 'main', label: t('setup:shortcuts.title'), hint: t('setup:shortcuts.lineHint') },
    { page: 'main', label: t('setup:settings.startAtLogin'), hint: t('setup:settings.startAtLoginHint') },
    { page: 'main', label: t('setup:settings.appearance'), hint: t('setup:settings.appearanceHint') },
    { page: 'main', label: t('setup:settings.zoom'), hint: t('setup:settings.zoomHint') },
    { page: 'main', label: t('setup:settings.language'), hint: t('setup:settings.languageHint') },
    { page: 'main', label: t('setup:settings.practice'), hint: t('setup:settings.practiceOff') },
    { page: 'main', label: t('setup:trace.title'), hint: t('setup:trace.lineHint') },
    { page: 'main', label: t('diagnostics:why.title'), hint: t('diagnostics:why.lineHint') },
    { page: 'main', label: t('diagnostics:log.title'), hint: t('diagnostics:log.lineHint') },
    { page: 'main', label: t('diagnostics:bundle.title'), hint: t('diagnostics:bundle.lineHint') },
    { page: 'sound', label: t('setup:sound.hearYourself'), hint: t('setup:sound.hearYourselfHint') },
    { page: 'sound', label: t('setup:sound.ringTone'), hint: t('setup:sound.ownFile') },
    { page: 'sound', label: t('setup:sound.tones'), hint: t('setup:sound.tonesHint') },
    { page: 'sound', label: t('setup:sound.echo'), hint: t('setup:sound.echoHint') },
    { page: 'sound', label: t('setup:sound.noise'), hint: t('setup:sound.noiseHint') },
    { page: 'sound', label: t('setup:sound.gain'), hint: t('setup:sound.gainHint') },
    { page: 'sound', label: t('setup:sound.folder'), hint: t('setup:sound.folderHint') },
    { page: 'sound', label: t('setup:sound.tone'), hint: t('setup:sound.toneHint') },
    { page: 'calls', label: t('setup:forwarding.always'), hint: t('setup:forwarding.alwaysHint') },
    { page: 'calls', label: t('setup:forwarding.busy'), hint: t('setup:forwarding.busyHint') },
    { page: 'calls', label: t('setup:forwarding.no-answer'), hint: t('setup:forwarding.no-answerHint') },
    { page: 'calls', label: t('setup:forwarding.by'), hint: t('setup:forwarding.byHint') },
    { page: 'calls', label: t('setup:forwarding.waiting'), hint: t('setup:forwarding.waitingHint') },
    { page: 'calls', label: t('setup:autoAnswer.on'), hint: t('setup:autoAnswer.onHint') },
    { page: 'calls', label: t('setup:calls.park'), hint: t('setup:calls.parkHint') },
    { page: 'calls', label: t('setup:calls.retrieve'), hint: t('setup:calls.retrieveHint') },
    { page: 'calls', label: t('setup:calls.voicemail'), hint: t('setup:calls.voicemailHint') },
    { page: 'calls', label: t('setup:calls.numbers'), hint: t('setup:calls.numbersHint') },
    { page: 'calls', label: t('setup:calls.account'), hint: t('setup:calls.accountHint') },
    { page: 'calls', label: t('setup:calls.location'), hint: t('setup:calls.locationHint') },
  ];
}

/** Brings a line into sight and puts the focus on it. */
export function showLine(root: ParentNode, label: string): void {
  const words = [...root.querySelectorAll<HTMLElement>('.line .words, .line .label')];
  const line = words.find((one) => one.textContent.startsWith(label))?.closest<HTMLElement>('.line');
  if (!line) return;
  line.scrollIntoView({ block: 'center' });
  const control = line.matches('button') ? line : line.querySelector<HTMLElement>('button, input');
  control?.focus({ preventScroll: true });
}
