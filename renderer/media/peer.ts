// What both kinds of peer connection share: which codecs they speak, and how keys are sent.

/** In the order that we prefer. */
const spoken = ['audio/opus', 'audio/g722', 'audio/pcmu', 'audio/pcma', 'audio/telephone-event'];

/** Length of a key and of the pause after it, ms: what exchanges of any age recognise (RFC 4733 section 2.5.1.2). */
const keyDuration = 120;
const keyPause = 70;
/**
 * With Opus and a telephone-event of 8000 Hz, Chromium counts the length in Opus' clock and ends the event six times too
 * early; this leaves 60 ms of it, which every receiver takes.
 */
const keyDurationInOtherClock = 360;

/** Only audio that the phone speaks is offered, in our order; no RED, no comfort noise. */
export function preferCodecs(transceiver: RTCRtpTransceiver): void {
  const known = RTCRtpReceiver.getCapabilities('audio')?.codecs ?? [];
  transceiver.setCodecPreferences(
    spoken.flatMap((name) => known.filter((codec) => codec.mimeType.toLowerCase() === name)),
  );
}

/** Adds a key behind those that still wait. False when this connection cannot send keys now. */
export function sendKey(sender: RTCRtpSender, digit: string): boolean {
  const { dtmf } = sender;
  if (!dtmf?.canInsertDTMF) return false;
  dtmf.insertDTMF(dtmf.toneBuffer + digit, clocksDiffer(sender) ? keyDurationInOtherClock : keyDuration, keyPause);
  return true;
}

function clocksDiffer(sender: RTCRtpSender): boolean {
  const [audio, ...others] = sender.getParameters().codecs;
  return !others.some(
    (codec) => codec.mimeType.toLowerCase() === 'audio/telephone-event' && codec.clockRate === audio?.clockRate,
  );
}
