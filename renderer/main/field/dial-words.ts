// Small decisions about what is typed in the field.
import type { DialPreview, PersonRow, PhoneNumber } from '../../../contract/index.ts';
import { t } from '../../common/index.ts';

const kindKeys = {
  work: 'main:kindWork',
  mobile: 'main:kindMobile',
  home: 'main:kindHome',
  extension: 'main:kindExtension',
  sip: 'main:kindSip',
  other: 'main:kindOther',
} as const;

export const numberKinds = ['work', 'mobile', 'home', 'extension', 'sip', 'other'] as const;

/** "Work", "SIP address". */
export function kindWord(kind: PhoneNumber['kind']): string {
  return t(kindKeys[kind]);
}

/** "Nora Keller, work": whose number the preview shows. */
export function ownerOf(name: string, kind: PhoneNumber['kind']): string {
  const word = kindWord(kind);
  return t('main:numberOf', { name, kind: kind === 'sip' ? word : word.toLowerCase() });
}

/** The digits by which two writings of one number are compared. */
export function bareDigits(number: string): string {
  return number.replaceAll(/[^\d*#]/gu, '').replace(/^0+/u, '');
}

/** Whether the row's number is what would be dialled, so that it can be shown as chosen. */
export function isSameNumber(row: PersonRow | undefined, preview: DialPreview | undefined): boolean {
  if (!row?.number || !preview?.dialable) return false;
  if (row.number.value === preview.target) return true;
  const digits = bareDigits(preview.target);
  return digits.length > 1 && !preview.target.includes('@') && bareDigits(row.number.value).endsWith(digits);
}
