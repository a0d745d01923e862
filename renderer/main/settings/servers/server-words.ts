// How a source of people is doing, in words.
import type { DirectoryServerState, SourceState } from '../../../../contract/index.ts';
import { dayHeading, formatTime, problemText, t } from '../../../common/index.ts';

export interface SourceWords {
  text: string;
  isTrouble: boolean;
}

export function serverWords(
  { config, isBusy, answeredAt, people, problem }: DirectoryServerState,
  now: number,
): SourceWords {
  if (problem) return { text: problemText(problem), isTrouble: true };
  const when = answeredAt === null ? null : { day: dayHeading(answeredAt, now), time: formatTime(answeredAt) };
  if (config.kind === 'ldap') {
    return { text: when ? t('setup:sources.answered', when) : t('setup:sources.askedLive'), isTrouble: false };
  }
  if (isBusy) return { text: t('setup:sources.working'), isTrouble: false };
  const count = t('setup:sources.people', { count: people ?? 0 });
  return {
    text: when ? t('setup:sources.synced', { people: count, ...when }) : t('setup:sources.notSynced'),
    isTrouble: false,
  };
}

/** "Your contacts" for those added here; what a company's file brought keeps its name. */
export function sourceName({ source }: SourceState): string {
  if (source === 'local') return t('setup:sources.local');
  return source === 'Practice' ? t('setup:sources.practice') : source;
}
