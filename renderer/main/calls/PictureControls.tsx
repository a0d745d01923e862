// PictureControls: camera, screen, and theirs, under the other controls of a call that can carry pictures.
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import type { Call, VideoSource } from '../../../contract/index.ts';
import { moveFocus, run, t, usePhone } from '../../common/index.ts';
import { Control } from './CallControls.tsx';

/** Why no picture goes now; null when one can. */
function notNowOf({ phase }: Call): string | null {
  if (phase.name !== 'connected') return t('calls:whenConnected');
  return phase.hold.byUs ? t('calls:whenResumed') : null;
}

export interface PictureControlsProps {
  call: Call;
  /** The focus comes back to the button that asked what to show. */
  hasFocus: boolean;
  /** Asks what, where there is a choice. */
  onShowScreen: () => void;
}

/** Nothing where the person allows no pictures, or the call goes a way that has none. */
export function PictureControls({ call, hasFocus, onShowScreen }: PictureControlsProps): ReactNode {
  const group = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (hasFocus) group.current?.querySelector<HTMLElement>('.shows-screen')?.focus();
  }, [hasFocus]);
  const isAllowed = usePhone((state) => state.preferences.video ?? false);
  const { pictures } = call;
  if (!isAllowed || !pictures) return null;
  const { ours, offered } = pictures;
  const notNow = notNowOf(call);
  const onArrows = (event: KeyboardEvent<HTMLElement>) => moveFocus(event);
  /** What was chosen, once more, ends it; theirs stays to be seen. */
  const choose = (source: VideoSource) => {
    const ended = offered && source !== 'watch' ? 'watch' : 'off';
    void run({ type: 'set-video', callId: call.id, source: ours === source ? ended : source });
  };
  return (
    <div
      className="call-controls"
      role="group"
      aria-label={t('calls:pictures.controls')}
      ref={group}
      onKeyDown={onArrows}
    >
      <Control
        icon="camera"
        label={t(ours === 'camera' ? 'calls:pictures.stopCamera' : 'calls:pictures.camera')}
        on={ours === 'camera'}
        notNow={notNow}
        tabIndex={0}
        onPress={() => choose('camera')}
      />
      <Control
        icon="monitor"
        label={t(ours === 'screen' ? 'calls:pictures.stopScreen' : 'calls:pictures.screen')}
        on={ours === 'screen'}
        notNow={notNow}
        className="shows-screen"
        onPress={() => (ours === 'screen' ? choose('screen') : onShowScreen())}
      />
      <Control
        icon="eye"
        label={t(ours === 'watch' ? 'calls:pictures.stopWatching' : 'calls:pictures.watch')}
        on={ours === 'watch'}
        notNow={notNow ?? watchNotNow(ours, offered)}
        onPress={() => choose('watch')}
      />
    </div>
  );
}

/** Who shows a picture sees theirs anyway. */
function watchNotNow(ours: VideoSource, offered: boolean): string | null {
  if (ours === 'watch') return null;
  if (ours !== 'off') return t('calls:pictures.seenAnyway');
  return offered ? null : t('calls:pictures.noneOffered');
}
