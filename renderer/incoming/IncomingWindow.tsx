// The pop-up's window: shows who waits for an answer, and tells the phone when that is on screen and how high it is.
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { Call } from '../../contract/index.ts';
import { run, useLanguage, usePhone } from '../common/index.ts';
import { factsOf } from './CallFacts.tsx';
import { IncomingCall } from './IncomingCall.tsx';

export function IncomingWindow(): ReactNode {
  const language = useLanguage();
  const calls = usePhone((state) => state.calls);
  const accounts = usePhone((state) => state.accounts);
  const callers = calls.filter((call) => call.phase.name === 'incoming');
  const [messagesFor, setMessagesFor] = useState<string | null>(null);
  const card = useRef<HTMLDivElement>(null);
  const first = callers[0];
  const messagesOpen = first !== undefined && messagesFor === first.id;
  const rows = first ? factsOf(first, calls).length : 0;
  useSayPainted(card, callers, `${rows} ${messagesOpen}`);
  if (!first) return null;
  return (
    <main className="incoming-window">
      <IncomingCall
        key={language}
        callers={callers}
        accounts={accounts}
        calls={calls}
        messagesOpen={messagesOpen}
        onToggleMessages={() => setMessagesFor(messagesOpen ? null : first.id)}
        cardRef={card}
      />
    </main>
  );
}

/**
 * Sends `popup-painted` for each new caller, and again when the card's height changes: one of several is gone, or more is
 * known of the first. A frame's
 * callback runs before its paint; the task after it runs when the frame is on its way to the screen.
 */
function useSayPainted(card: { current: HTMLElement | null }, callers: readonly Call[], looks: string): void {
  const ids = callers.map((call) => call.id).join(' ');
  const key = `${ids}|${looks}`;
  const painted = useRef(new Set<string>());
  useEffect(() => {
    const [shown = ''] = key.split('|');
    const now = shown === '' ? [] : shown.split(' ');
    const fresh = now.filter((id) => !painted.current.has(id));
    const say = fresh.length > 0 ? fresh : now.slice(0, 1);
    if (say.length === 0) {
      painted.current.clear();
      return undefined;
    }
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => {
      port1.close();
      const height = card.current?.offsetHeight;
      if (height === undefined) return;
      painted.current = new Set(now);
      for (const callId of say) void run({ type: 'popup-painted', callId, height }, { quiet: true });
    });
    port1.start();
    const frame = requestAnimationFrame(() => port2.postMessage(null));
    return () => {
      cancelAnimationFrame(frame);
      port1.close();
    };
  }, [key, card]);
}
