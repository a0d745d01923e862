// The design system and what every window shares.
export { Avatar } from './Avatar.tsx';
export { PersonAvatar } from './PersonAvatar.tsx';
export { Progress } from './Progress.tsx';
export { Banner } from './Banner.tsx';
export { Button, IconButton, type ButtonKind } from './Button.tsx';
export { Chip } from './Chip.tsx';
export { ask, askEarly, useQuery, type AskedEarly, type QueryAnswer } from './use-query.ts';
export { run } from './command.ts';
export { dayHeading, formatDuration, formatPercent, formatTime, startOfDay } from './format.ts';
export { EmptyState } from './EmptyState.tsx';
export { Highlighted } from './Highlighted.tsx';
export { Icon, type IconName } from './Icon.tsx';
export { language, locale, showLanguage, t, useLanguage } from './i18n.ts';
export { Keys } from './Keys.tsx';
export { MenuButton, type MenuEntry, type MenuPart } from './MenuButton.tsx';
export { moveFocus, onArrowKeys } from './roving.ts';
export { onPhoneState, phoneState, usePhone } from './phone-store.ts';
export { causeWords, noticeWords, problemText } from './problem-words.ts';
export { PresenceDot, type Presence } from './PresenceDot.tsx';
export { WorkingLine } from './WorkingLine.tsx';
export { rank, ranked } from './rank.ts';
export { Segmented } from './Segmented.tsx';
export { Select, type SelectOption } from './Select.tsx';
export {
  capsOf,
  conflictOf,
  isShortcut,
  keyCaps,
  keysOf,
  keysPressed,
  keyText,
  platform,
  type Conflict,
} from './shortcuts.ts';
export { shownNumber } from './shown-number.ts';
export { showToast } from './toast.ts';
export { Switch } from './Switch.tsx';
export { takesKeys, useKeysFromAnywhere } from './use-keys-from-anywhere.ts';
export { useMedia } from './use-media.ts';
export { useToday } from './use-today.ts';
export { TextField } from './TextField.tsx';
export { Toasts } from './Toasts.tsx';
export { telephoneKeys } from './telephone-keys.ts';
