// CallDock: the calls, above the navigation: who waits on top, the active call, the others below it.
import { useRef, useState, type ReactNode } from 'react';
import type { Call } from '../../../contract/index.ts';
import { t, usePhone, shownNumber, useMedia } from '../../common/index.ts';
import { CallCard } from './CallCard.tsx';
import { CallBar, EndedCall, OtherCall } from './CallRow.tsx';
import { WaitingCall } from './WaitingCall.tsx';
import { arrange, lookOf, nameOf, type DockCalls } from './call-look.ts';
import { useCallShortcuts } from './use-call-shortcuts.ts';
import { useChosenTransfer } from './transfer-view.ts';
import { useMakesRoom } from './use-makes-room.ts';
import { useTradePlaces } from './use-trade-places.ts';
import './call-dock.css';

export interface CallDockProps {
  /** The person looks at something else than people: the call shrinks to a bar. */
  browsing?: boolean;
}

/** With this many cards around it the active call is a bar, so that the list keeps a place. */
const crowd = 3;

/** Small or large as the person last said; what they look at decides again when that changes, or the call does. */
function useSize(
  isSmallByItself: boolean,
  callId: string | undefined,
): [small: boolean, set: (small: boolean) => void] {
  const situation = `${isSmallByItself} ${callId}`;
  const [said, setSaid] = useState<{ situation: string; small: boolean } | null>(null);
  const small = said?.situation === situation ? said.small : isSmallByItself;
  return [small, (value) => setSaid({ situation, small: value })];
}

export function CallDock({ browsing = false }: CallDockProps): ReactNode {
  const calls = usePhone((state) => state.calls);
  const activeCallId = usePhone((state) => state.activeCallId);
  /** Ended calls that were closed before their 3 s were over. Ids never come again, so none is taken out. */
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const close = (callId: string) => setClosed(new Set([...closed, callId]));
  const dock = useRef<HTMLDivElement>(null);
  const shown = arrange(
    calls.filter((call) => !closed.has(call.id)),
    activeCallId,
  );
  const { waiting, active, others } = shown;
  // A low window of one column keeps a place for the list, too.
  const isLow = useMedia('(max-width: 699px) and (max-height: 559px)');
  const isCrowded = waiting.length + others.length >= crowd;
  const isTransferring = useChosenTransfer() !== null;
  const [small, setSmall] = useSize(browsing || isCrowded || isLow || isTransferring, active?.id);
  useMakesRoom(dock, () => setSmall(true));
  useCallShortcuts();
  useTradePlaces(dock, [active?.id, small, ...others.map((call) => call.id)].join(' '));

  return (
    <>
      <Announcements shown={shown} />
      {(waiting.length > 0 || active) && (
        <div className="dock" ref={dock}>
          {waiting.map((call) => (
            <Waiting key={call.id} call={call} talkingTo={isTalking(active) ? active : null} />
          ))}
          {active && active.phase.name !== 'ended' && (
            <Active key={active.id} call={active} small={small} setSmall={setSmall} />
          )}
          {active?.phase.name === 'ended' && (
            <EndedCall key={active.id} call={active} onClose={() => close(active.id)} />
          )}
          {others.map((call) =>
            call.phase.name === 'ended' ? (
              <EndedCall key={call.id} call={call} onClose={() => close(call.id)} />
            ) : (
              <OtherCall key={call.id} call={call} joinTo={active?.phase.name === 'connected' ? active : null} />
            ),
          )}
        </div>
      )}
    </>
  );
}

function isTalking(call: Call | null): boolean {
  return call?.phase.name === 'connected' && !call.phase.hold.byUs;
}

function useAccountLabel(accountId: string): { label: string | null; isOnlyOne: boolean } {
  return usePhone((state) => ({
    label: state.accounts.find(({ config }) => config.id === accountId)?.config.label ?? null,
    isOnlyOne: state.accounts.length < 2,
  }));
}

function Waiting({ call, talkingTo }: { call: Call; talkingTo: Call | null }): ReactNode {
  const { label, isOnlyOne } = useAccountLabel(call.accountId);
  return <WaitingCall call={call} accountLabel={isOnlyOne ? null : label} talkingTo={talkingTo} />;
}

function Active({ call, small, setSmall }: { call: Call; small: boolean; setSmall: (small: boolean) => void }) {
  const { label, isOnlyOne } = useAccountLabel(call.accountId);
  if (small) return <CallBar call={call} onMakeLarge={() => setSmall(false)} />;
  const isClear = isOnlyOne && call.phase.name === 'connected';
  return <CallCard call={call} accountLabel={isClear ? null : label} onMakeSmall={() => setSmall(true)} />;
}

/** For screen readers: a new call does not take the focus, it is said. Always there, since only changes are spoken. */
function Announcements({ shown: { waiting, active } }: { shown: DockCalls }): ReactNode {
  const caller = waiting.at(-1);
  return (
    <>
      <div className="visually-hidden" aria-live="assertive">
        {caller && t('calls:announceIncoming', { name: nameOf(caller), number: shownNumber(caller.party.number) })}
      </div>
      <div className="visually-hidden" aria-live="polite">
        {active && t('calls:announceState', { name: nameOf(active), state: t(`calls:state.${lookOf(active).state}`) })}
      </div>
    </>
  );
}
