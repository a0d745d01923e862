// Times, durations and days as people read them, by the rules of their language.
import { locale, t } from './i18n.ts';

const dayMs = 86_400_000;

/** "11:52", or "11:52 AM" where that is the custom. */
export function formatTime(at: number): string {
  return new Intl.DateTimeFormat(locale(), { timeStyle: 'short' }).format(at);
}

/** "125%", "125 %", as is the custom. */
export function formatPercent(percent: number): string {
  return new Intl.NumberFormat(locale(), { style: 'percent' }).format(percent / 100);
}

const two = (value: number) => String(value).padStart(2, '0');

/** "0:18", "12:47", "1:02:47": a call's length, ms. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

/**
 * "Today", "Yesterday", "Mon 16 Nov", with the year when it is not this one. Days are the calendar's, in local time.
 * @param now any moment of today
 */
export function dayHeading(at: number, now: number): string {
  const days = Math.round((startOfDay(now) - startOfDay(at)) / dayMs);
  if (days <= 0) return t('today');
  if (days === 1) return t('yesterday');
  const date = new Date(at);
  const isThisYear = date.getFullYear() === new Date(now).getFullYear();
  const day = new Intl.DateTimeFormat(locale(), {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: isThisYear ? undefined : 'numeric',
  }).format(date);
  return locale().startsWith('en') ? day.replaceAll(',', '') : day;
}

/** Local midnight before, ms since the epoch. */
export function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
