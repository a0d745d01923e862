// Icons by name: Lucide's, and our own mark and tray glyphs (a handset over its hookswitch, lifted in a call).
import {
  AppWindow,
  ArrowLeft,
  ArrowRight,
  ArrowUpDown,
  AtSign,
  Ban,
  Bell,
  BellOff,
  BookUser,
  Camera,
  Check,
  ChevronDown,
  ChevronLeft,
  ChevronRight,
  ChevronUp,
  CircleAlert,
  CircleDot,
  CircleStop,
  Command,
  CornerDownLeft,
  Delete,
  Download,
  Ellipsis,
  Eye,
  FlaskConical,
  Grip,
  Headset,
  History,
  Image,
  Info,
  Keyboard,
  Languages,
  Lock,
  LockOpen,
  Merge,
  MessageSquare,
  Mic,
  MicOff,
  Monitor,
  Minus,
  Moon,
  Pause,
  Pencil,
  Phone,
  PhoneForwarded,
  PhoneIncoming,
  PhoneMissed,
  PhoneOutgoing,
  Play,
  Plus,
  Power,
  RefreshCw,
  Search,
  Settings,
  Smartphone,
  Square,
  Star,
  Stethoscope,
  TriangleAlert,
  Undo2,
  Upload,
  User,
  UserPlus,
  Users,
  Voicemail,
  WifiOff,
  X,
  ZoomIn,
  ZoomOut,
} from 'lucide-react';
import { memo, type ReactNode } from 'react';

const lucide = {
  'app-window': AppWindow,
  'arrow-left': ArrowLeft,
  'arrow-right': ArrowRight,
  'arrow-up-down': ArrowUpDown,
  'at-sign': AtSign,
  ban: Ban,
  bell: Bell,
  'bell-off': BellOff,
  'book-user': BookUser,
  camera: Camera,
  check: Check,
  'chevron-down': ChevronDown,
  'chevron-left': ChevronLeft,
  'chevron-right': ChevronRight,
  'chevron-up': ChevronUp,
  'circle-alert': CircleAlert,
  'circle-dot': CircleDot,
  'circle-stop': CircleStop,
  command: Command,
  'corner-down-left': CornerDownLeft,
  delete: Delete,
  download: Download,
  ellipsis: Ellipsis,
  eye: Eye,
  'flask-conical': FlaskConical,
  grip: Grip,
  headset: Headset,
  history: History,
  image: Image,
  info: Info,
  keyboard: Keyboard,
  languages: Languages,
  lock: Lock,
  'lock-open': LockOpen,
  merge: Merge,
  'message-square': MessageSquare,
  mic: Mic,
  'mic-off': MicOff,
  minus: Minus,
  monitor: Monitor,
  moon: Moon,
  pause: Pause,
  pencil: Pencil,
  phone: Phone,
  'phone-forwarded': PhoneForwarded,
  'phone-incoming': PhoneIncoming,
  'phone-missed': PhoneMissed,
  'phone-outgoing': PhoneOutgoing,
  play: Play,
  plus: Plus,
  power: Power,
  'refresh-cw': RefreshCw,
  search: Search,
  settings: Settings,
  smartphone: Smartphone,
  square: Square,
  star: Star,
  stethoscope: Stethoscope,
  'triangle-alert': TriangleAlert,
  'undo-2': Undo2,
  upload: Upload,
  user: User,
  'user-plus': UserPlus,
  users: Users,
  voicemail: Voicemail,
  'wifi-off': WifiOff,
  x: X,
  'zoom-in': ZoomIn,
  'zoom-out': ZoomOut,
} as const;

const handset =
  'M2.2 9.6V8.7C2.2 5.9 6 4.3 11 4.3s8.8 1.6 8.8 4.4v.9c0 .7-.6 1.3-1.3 1.3h-2c-.7 0-1.3-.6-1.3-1.3v-.7c-1.2-.4-2.7-.6-4.2-.6s-3 .2-4.2.6v.7c0 .7-.6 1.3-1.3 1.3h-2c-.7 0-1.3-.6-1.3-1.3Z';

const own = {
  hookswitch: {
    viewBox: '0 0 32 32',
    paths: (
      <>
        <rect width="32" height="32" fill="#11241f" stroke="none" />
        <path
          d="M10.4 19.4v1.1a4 4 0 0 0 4 4h3.2a4 4 0 0 0 4-4v-1.1"
          fill="none"
          stroke="#f3f7f4"
          strokeWidth="2.6"
          strokeLinecap="round"
        />
        <path
          transform="rotate(-10 16 11.5)"
          d="M5.2 13.9v-1.4C5.2 9 9.9 7 16 7s10.8 2 10.8 5.5v1.4c0 .9-.7 1.6-1.6 1.6h-2.5c-.9 0-1.6-.7-1.6-1.6v-1c-1.5-.5-3.2-.8-5.1-.8s-3.6.3-5.1.8v1c0 .9-.7 1.6-1.6 1.6H6.8c-.9 0-1.6-.7-1.6-1.6Z"
          fill="#5bd99a"
          stroke="none"
        />
      </>
    ),
  },
  tray: {
    viewBox: '0 0 22 22',
    paths: (
      <>
        <path d="M6.6 14.3v.6a3.4 3.4 0 0 0 3.4 3.4h2a3.4 3.4 0 0 0 3.4-3.4v-.6" strokeWidth="2" />
        <path transform="translate(0 .9)" d={handset} fill="currentColor" stroke="none" />
      </>
    ),
  },
  'tray-call': {
    viewBox: '0 0 22 22',
    paths: (
      <>
        <path d="M6.6 14.9v.4a3.4 3.4 0 0 0 3.4 3.4h2a3.4 3.4 0 0 0 3.4-3.4v-.4" strokeWidth="2" />
        <path transform="rotate(-14 11 7) translate(0 -1)" d={handset} fill="currentColor" stroke="none" />
      </>
    ),
  },
} as const;

export type IconName = keyof typeof lucide | keyof typeof own;

/** Arrows and handsets with arrows mirror right to left. */
const mirrored: ReadonlySet<IconName> = new Set<IconName>([
  'chevron-left',
  'chevron-right',
  'corner-down-left',
  'delete',
  'phone-forwarded',
  'phone-incoming',
  'phone-outgoing',
  'phone-missed',
  'undo-2',
]);

export interface IconProps {
  name: IconName;
  /** px; 16 unless said. Ignored by `hookswitch`, whose class gives the size. */
  size?: 12 | 14 | 16 | 20;
  fill?: boolean | undefined;
  /** The handset laid down: End call, Decline. */
  end?: boolean | undefined;
  /** More classes, such as `mark` or `logo`. */
  className?: string;
}

/** Always decoration: the control around it carries the name. */
export const Icon = memo(function Icon({ name, size = 16, fill, end, className }: IconProps): ReactNode {
  const mirror = !end && mirrored.has(name);
  const classes = ['i', size !== 16 && `i-${size}`, fill && 'i-fill', end && 'i-end', mirror && 'i-flip', className];
  const joined = classes.filter(Boolean).join(' ');
  if (name === 'hookswitch' || name === 'tray' || name === 'tray-call') {
    return (
      <svg className={name === 'hookswitch' ? className : joined} viewBox={own[name].viewBox} aria-hidden="true">
        {own[name].paths}
      </svg>
    );
  }
  const Glyph = lucide[name];
  return <Glyph className={joined} />;
});
