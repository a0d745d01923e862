// What is said of a call's sound: a word by its score, and the figures behind it.
import type { Call, CallQuality } from '../../../contract/index.ts';
import { locale, t } from '../../common/i18n.ts';

export type QualityWord = 'good' | 'fair' | 'poor' | 'measuring';

/** By the score: from 4.0 most are satisfied, below 3.6 many are not (ITU-T G.107 annex B). */
export function qualityWord(quality: CallQuality | null): QualityWord {
  if (quality === null) return 'measuring';
  if (quality.mos >= 4) return 'good';
  return quality.mos >= 3.6 ? 'fair' : 'poor';
}

/** Bars of four. */
export const qualityBars: Readonly<Record<QualityWord, number>> = { good: 4, fair: 2, poor: 1, measuring: 0 };

/** Null where there is nothing to measure: before the connection, and while somebody holds it. */
export function shownQuality({ phase, quality }: Call): { word: QualityWord; quality: CallQuality | null } | null {
  if (phase.name !== 'connected' || phase.hold.byUs || phase.hold.byThem) return null;
  return { word: qualityWord(quality), quality };
}

/** The figures, each with its name, for who looks closer. */
export function qualityDetails(quality: CallQuality): { name: string; value: string }[] {
  const number = (value: number, places: number) =>
    value.toLocaleString(locale(), { minimumFractionDigits: places, maximumFractionDigits: places });
  const percent = (value: number | null) =>
    value === null ? t('calls:quality.unknown') : t('calls:quality.percent', { value: number(value, 1) });
  const milliseconds = (value: number | null) =>
    value === null ? t('calls:quality.unknown') : t('calls:quality.milliseconds', { value: number(value, 0) });
  return [
    { name: t('calls:quality.score'), value: number(quality.mos, 1) },
    { name: t('calls:quality.lossIn'), value: percent(quality.lossIn) },
    { name: t('calls:quality.lossOut'), value: percent(quality.lossOut) },
    { name: t('calls:quality.jitter'), value: milliseconds(quality.jitter) },
    { name: t('calls:quality.roundTrip'), value: milliseconds(quality.roundTrip) },
  ];
}
