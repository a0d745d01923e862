// Sizes of files as people read them.
import { language, t } from '../../../common/index.ts';

/** "820 B", "12 kB", "3.4 MB". */
export function sizeText(bytes: number): string {
  const number = (value: number, places: number): string =>
    value.toLocaleString(language(), { maximumFractionDigits: places });
  if (bytes < 1000) return t('diagnostics:bundle.bytes', { value: number(bytes, 0) });
  if (bytes < 1_000_000) return t('diagnostics:bundle.kilobytes', { value: number(bytes / 1000, 0) });
  return t('diagnostics:bundle.megabytes', { value: number(bytes / 1_000_000, 1) });
}
