// HeadsetArt: a headset, with the part that is asked about in the accent colour. Decoration; the words stand beside it.
import type { ReactNode } from 'react';
import type { HeadsetTestStep } from '../../../../contract/index.ts';

export function HeadsetArt({ ask }: { ask: HeadsetTestStep['ask'] | null }): ReactNode {
  const isMute = ask !== null && (ask.kind === 'lamp' ? ask.lamp === 'mute' : ask.button === 'mute');
  const arm = isMute ? 'hot' : undefined;
  const ear = ask !== null && !isMute ? 'hot' : undefined;
  return (
    <svg className="art" viewBox="0 0 96 96" aria-hidden="true">
      <path d="M18 56V48a30 30 0 0 1 60 0v8" />
      <rect x="12" y="52" width="14" height="24" rx="6" />
      <rect className={ear} x="70" y="52" width="14" height="24" rx="6" />
      {ear && <path className="hot" d="M90 57l3-2M91 64h3M90 71l3 2" />}
      <path d="M77 76c0 8-8 11-18 11h-5" />
      <rect className={arm} x="40" y="82" width="15" height="10" rx="5" />
      {arm && <path className="hot" d="M47 74v-2M38 77l-2-2M56 77l2-2" />}
    </svg>
  );
}
