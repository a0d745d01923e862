// What can go wrong with microphone and sound in the media window, in sentences.
import type { Problem } from '../../contract/index.ts';

export const noMicrophone: Problem = {
  code: 'no-microphone',
  message: 'No microphone was found, so the other side will not hear you. Plug one in; it is used at once.',
};

export const microphoneRefused: Problem = {
  code: 'microphone-refused',
  message:
    'Hookswitch may not use the microphone, so the other side will not hear you. Allow it in the privacy settings of your computer.',
};

export const microphoneBusy: Problem = {
  code: 'microphone-busy',
  message:
    'The microphone cannot be opened; another program may be using it. Close that program or choose another microphone.',
};

export const soundBlocked: Problem = {
  code: 'sound-blocked',
  message:
    'Sound cannot pass between the parts of Hookswitch on this computer. A security program may block it; restart Hookswitch.',
};

/** `now` is what is used in its place; null: nothing. */
export function microphoneUnplugged(now: string | null): Problem {
  return {
    code: 'microphone-unplugged',
    message: now
      ? `Your microphone was unplugged. Hookswitch now uses ${now}.`
      : 'Your microphone was unplugged, so the other side does not hear you. Plug it in again; it is used at once.',
  };
}

/** `now` is what is used in its place; null: nothing. */
export function speakerUnplugged(now: string | null): Problem {
  return {
    code: 'speaker-unplugged',
    message: now
      ? `Your speaker was unplugged. Hookswitch now plays on ${now}.`
      : 'Your speaker was unplugged, so you do not hear the other side. Plug it in again; it is used at once.',
  };
}

/** What getUserMedia's error means. */
export function microphoneProblem(error: unknown): Problem {
  const name = error instanceof DOMException ? error.name : '';
  const detail = String(error);
  if (name === 'NotFoundError') return { ...noMicrophone, detail };
  if (name === 'NotAllowedError' || name === 'SecurityError') return { ...microphoneRefused, detail };
  return { ...microphoneBusy, detail };
}

export const noPicture: Problem = {
  code: 'no-picture',
  message: 'There is no picture of yours: the camera or the screen could not be used. The sound goes on.',
};
