// AccountLine: the title line. Who can reach you, the headset, and the window's buttons.
import type { ReactNode } from 'react';
import { forwardedNow, usualZoom } from '../../../contract/index.ts';
import {
  Icon,
  IconButton,
  keyText,
  MenuButton,
  platform,
  PresenceDot,
  run,
  t,
  useMedia,
  usePhone,
} from '../../common/index.ts';
import { defaultAccount, titleWords, userPart } from './account-words.ts';
import { CaptionButtons } from './CaptionButtons.tsx';
import { HeadsetSign } from './HeadsetSign.tsx';
import { accountsPart, doNotDisturbPart, forwardingPart } from './menu-parts.ts';
import './account-line.css';

export interface AccountLineProps {
  /** First run and the account form: words only, nothing to press but the window's buttons. */
  quiet: boolean;
  onOpenAccounts: () => void;
  onOpenAccount: (accountId: string) => void;
  onOpenHeadset: () => void;
  onOpenPalette: () => void;
}

export function AccountLine({
  quiet,
  onOpenAccounts,
  onOpenAccount,
  onOpenHeadset,
  onOpenPalette,
}: AccountLineProps): ReactNode {
  const accounts = usePhone((state) => state.accounts);
  const account = usePhone(defaultAccount);
  const until = usePhone((state) => state.doNotDisturbUntil);
  const preferences = usePhone((state) => state.preferences);
  const forwarding = forwardedNow(preferences);
  const isWide = useMedia('(min-width: 700px)');
  const isMac = platform() === 'darwin';
  const zoom = usePhone((state) => state.preferences.zoom ?? usualZoom);
  const words = account && titleWords(account.registration, until, forwarding);
  const isOffline = words?.isOffline ?? false;
  // A cause or a time needs the room of the label; the word "Connecting..." does not.
  const saysMuch = isOffline || words?.dot === 'dnd' || forwarding !== null;
  const classes = ['account-line', isOffline && 'is-offline', saysMuch && 'has-much-to-say'];

  return (
    <header
      className={classes.filter(Boolean).join(' ')}
      data-area="account"
      style={isMac ? { minBlockSize: unzoomed(44, zoom) } : undefined}
    >
      {isMac && <span className="lights-room" style={{ inlineSize: unzoomed(52, zoom) }} />}
      {account && words && quiet && (
        <span className="who-plain grow">
          <PresenceDot state={words.dot} />
          <span className="state cut">{words.word}</span>
        </span>
      )}
      {account && words && !quiet && (
        <MenuButton
          className="who"
          menuLabel={t('main:accountMenu')}
          title={`${words.word}\n${account.config.address}`}
          parts={[
            accountsPart(accounts, account.config.id, onOpenAccount),
            {
              entries: isOffline
                ? [{ id: 'retry', label: t('tryNow'), onAction: () => void run({ type: 'retry-registration' }) }]
                : [],
            },
            doNotDisturbPart(until !== null),
            forwardingPart(preferences),
            { entries: [{ id: 'settings', label: t('main:accountSettings'), onAction: onOpenAccounts }] },
          ]}
        >
          <PresenceDot state={words.dot} />
          <span className="state cut">{words.word}</span>
          {!isOffline && (isWide || !saysMuch) && (
            <span className="address cut">
              {isWide ? (
                <bdi>{account.config.address}</bdi>
              ) : (
                <AccountNumber label={account.config.label} address={account.config.address} />
              )}
            </span>
          )}
          <Icon name="chevron-down" size={12} />
        </MenuButton>
      )}
      <span className="drag grow" />
      {!quiet && account && (
        <>
          <HeadsetSign asChip={isWide} onOpen={onOpenHeadset} />
          {isMac && (
            <MenuButton
              className={until === null ? 'icon-button' : 'icon-button on'}
              label={t('doNotDisturb')}
              menuLabel={t('doNotDisturb')}
              placement="bottom end"
              parts={[doNotDisturbPart(until !== null)]}
            >
              <Icon name="moon" />
            </MenuButton>
          )}
        </>
      )}
      {!quiet && isWide && (
        <IconButton
          label={t('main:palette.title')}
          title={`${t('main:palette.title')} (${keyText('palette', platform())})`}
          icon="command"
          onClick={onOpenPalette}
        />
      )}
      {!isMac && <CaptionButtons />}
    </header>
  );
}

/** "Work · 4410"; the number alone where the label says no more. */
function AccountNumber({ label, address }: { label: string; address: string }): ReactNode {
  const user = userPart(address);
  if (label === user || label === address) return <span className="num">{user}</span>;
  return (
    <>
      {label} · <span className="num">{user}</span>
    </>
  );
}

/** The buttons of macOS are as large as ever, however large the page is drawn. */
const unzoomed = (px: number, zoom: number): string => `${(px * 100) / zoom}px`;
