// A call's WebRTC description as the media window wrote it: passed on as it is, read only for what the phone shows.
import {
  commonCodecs,
  holdsUs,
  holdsUsByAnswer,
  theirDirection,
  type MediaDescription,
  type SessionDescription,
} from './sdp/index.ts';
import type { Direction } from './sdp/description.ts';

/** What a direct call settled. */
export interface DirectAgreement {
  codec: string;
  telephoneEvent: boolean;
  heldByThem: boolean;
}

/** The audio m-line that asks for WebRTC (RFC 8829), or null. */
export function webRtcAudio(description: SessionDescription): MediaDescription | null {
  return (
    description.media.find(
      (media) =>
        media.kind === 'audio' && media.port > 0 && media.webRtc && /^UDP\/TLS\/RTP\/SAVPF$/i.test(media.proto),
    ) ?? null
  );
}

/** After our answer to their offer. Null when the answer has no audio. */
export function settledByOurs(answer: SessionDescription, theirs: MediaDescription): DirectAgreement | null {
  return settled(answer, holdsUs(theirDirection(theirs)));
}

/** After their answer to our offer. Null when it has no audio. */
export function settledByTheirs(
  answer: SessionDescription,
  offered: Direction,
  heldBefore: boolean,
): DirectAgreement | null {
  const media = webRtcAudio(answer);
  return media && settled(answer, holdsUsByAnswer(offered, theirDirection(media), heldBefore));
}

function settled(answer: SessionDescription, heldByThem: boolean): DirectAgreement | null {
  const media = webRtcAudio(answer);
  const [codec] = media ? commonCodecs(media) : [];
  if (!media || !codec) return null;
  const telephoneEvent = media.codecs.some((format) => format.name.toLowerCase() === 'telephone-event');
  return { codec: codec.name, telephoneEvent, heldByThem };
}
