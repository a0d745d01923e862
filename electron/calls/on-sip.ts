// What SIP tells a call: ringing, answers, the end.
import type { CallPhase, Problem } from '../../contract/index.ts';
import { finish, resultOf } from './call-end.ts';
import { look, noHold, type CallEffect, type CallModel, type SipEvent, type Step } from './call-model.ts';

/** Carries the call on by what its session says. */
export function onSip(call: CallModel, event: SipEvent): Step {
  const { phase } = call.view;
  switch (event.type) {
    case 'progress': {
      if (phase.name !== 'calling' && phase.name !== 'ringing') return [call, []];
      if (event.status === 100) return [call, []];
      const had = phase.name === 'ringing' && phase.earlyMedia;
      const earlyMedia = had || event.sdp !== null;
      const effects: CallEffect[] = [];
      if (event.sdp !== null) effects.push({ type: 'set-answer', sdp: event.sdp });
      // Silence until the far end's own tones come: local ring-back only while there is no early media.
      if (phase.name === 'calling' || earlyMedia !== had) effects.push({ type: 'ring-back', on: !earlyMedia });
      return [look(call, { phase: { name: 'ringing', earlyMedia } }), effects];
    }
    case 'accepted': {
      if (phase.name !== 'calling' && phase.name !== 'ringing' && phase.name !== 'answering') return [call, []];
      const effects: CallEffect[] = [];
      if (phase.name !== 'answering') effects.push({ type: 'ring-back', on: false });
      if (call.view.direction === 'outgoing') {
        if (event.sdp !== null) effects.push({ type: 'set-answer', sdp: event.sdp });
        else if (!(phase.name === 'ringing' && phase.earlyMedia)) return noMediaInAnswer(call, event.at);
      }
      if (call.view.muted) effects.push({ type: 'set-muted', muted: true });
      const connected: CallPhase = { name: 'connected', since: event.at, hold: noHold };
      if (call.refreshWanted) effects.push({ type: 'refresh' });
      return [{ ...look(call, { phase: connected }), connectedAt: event.at, refreshWanted: false }, effects];
    }
    case 'late-answer':
      if (phase.name !== 'connected') return [call, []];
      if (event.sdp !== null) return [call, [{ type: 'set-answer', sdp: event.sdp }]];
      return noMediaInAnswer(call, event.at);
    case 'session-ended': {
      if (event.canFallBack && phase.name === 'calling') {
        return [{ ...call, hasSession: false }, [{ type: 'create-offer' }]];
      }
      const neverRang = phase.name === 'calling' && event.end.status === 480;
      if (neverRang) return finish({ ...call, hasSession: false }, 'failed', notReachable, event.at, []);
      const result = resultOf(call, event.end);
      return finish({ ...call, hasSession: false }, result, event.end.reason, event.at, []);
    }
  }
}

/** 480 without a ring: "no answer" would be wrong, nobody had the chance. */
const notReachable: Problem = {
  code: 'not-reachable',
  message: 'They cannot be reached now: no phone of theirs is connected, or it is set not to ring.',
};

function noMediaInAnswer(call: CallModel, at: number): Step {
  const problem: Problem = {
    code: 'no-sdp-in-answer',
    message:
      'The other side answered without saying how to send it audio. Try again, or report it to your administrator.',
  };
  return finish(call, 'failed', problem, at, [{ type: 'ring-back', on: false }, { type: 'end-session' }]);
}
