// What can go wrong with a call's audio, in sentences.
import { ProblemError } from '../../contract/index.ts';

function make(code: string, message: string) {
  return (detail?: string): ProblemError =>
    new ProblemError({ code, message, ...(detail === undefined ? {} : { detail }) });
}

export const problems = {
  noCommonCodec: make(
    'no-common-codec',
    'The other phone and this one have no audio format in common. Ask its administrator to allow G.711, G.722 or Opus.',
  ),
  badSdp: make('bad-sdp', 'The other phone described its audio in a way that cannot be read, so there is no sound.'),
  refused: make('media-refused', 'The other phone took the call but refused its audio.'),
  encryptionRequired: make(
    'encryption-required',
    'This account only makes encrypted calls, and the other phone offers no encryption.',
  ),
  noPort: make(
    'no-network-port',
    'Audio for this call could not be opened on the network. Check the network connection and try again.',
  ),
  engineGone: make(
    'media-engine-stopped',
    'The part that carries audio stopped and was started again. If you hear nothing in a moment, call again.',
  ),
  windowGone: make(
    'media-window-stopped',
    'The part that plays audio stopped and was started again. If you hear nothing, call again.',
  ),
  noVideoHere: make(
    'no-video-here',
    'Video needs a call by WebRTC, and this one goes another way. Its sound goes on as it is.',
  ),
  unresponsive: make('media-unresponsive', 'Audio is not ready yet. Wait a moment and try again.'),
};
