// What media tells a call: offers, holds, quality, recording.
import type { Problem } from '../../contract/index.ts';
import { silentProblems, type Silent } from '../media/index.ts';
import { finish } from './call-end.ts';
import {
  holdWith,
  look,
  type CallEffect,
  type CallModel,
  type MediaEvent,
  type SoundEvent,
  type Step,
} from './call-model.ts';

/** Carries the call on by an event of its media. */
export function onMedia(call: CallModel, event: MediaEvent): Step {
  const { phase } = call.view;
  switch (event.type) {
    case 'offer-ready':
      if (phase.name === 'calling' && !call.hasSession) {
        return [{ ...call, hasSession: true }, [{ type: 'invite', sdp: event.sdp }]];
      }
      return phase.name === 'answering' ? [call, [{ type: 'accept', sdp: event.sdp }]] : [call, []];
    case 'answer-ready':
      return phase.name === 'answering' ? [call, [{ type: 'accept', sdp: event.sdp }]] : [call, []];
    case 'media-failed':
      return mediaFailed(call, event.problem, event.at);
    case 'negotiated':
      return [look(call, { codec: event.codec, encrypted: event.encrypted }), []];
    case 'digit-received':
      return [look(call, { receivedDigits: (call.view.receivedDigits + event.digit).slice(-64) }), []];
    case 'held-by-them':
      if (phase.name !== 'connected') return [call, []];
      return [look(call, { phase: { ...phase, hold: holdWith(phase.hold, { byThem: event.held }, event.at) } }), []];
    case 'media-problem':
      return [look(call, { problem: event.problem }), []];
    case 'pictures':
      return [look(call, { pictures: event.pictures }), []];
    case 'reoffer-needed':
      if (phase.name === 'connected') return [call, [{ type: 'refresh' }]];
      return [{ ...call, refreshWanted: true }, []];
    case 'refreshed':
      return phase.name === 'connected' ? [look(call, { problem: event.problem }), []] : [call, []];
  }
}

/** Carries the call on by what is heard in it. */
export function onSound(call: CallModel, event: SoundEvent): Step {
  switch (event.type) {
    case 'quality':
      return [look(call, { quality: event.quality, problem: problemWith(call.view.problem, event.silent) }), []];
    case 'recording':
      return [
        look({ ...call, recordings: [...call.recordings, event.file] }, { recordingSince: event.at, problem: null }),
        [],
      ];
    case 'recording-ended':
      return [look(call, { recordingSince: null, problem: event.problem ?? call.view.problem }), []];
    case 'joined':
      return [look(call, { joined: event.on }), []];
  }
}

/** A side that hears nothing is said unless something worse is; what was said of it is taken back. */
function problemWith(problem: Problem | null, silent: Silent): Problem | null {
  const isOurs = problem === null || Object.values(silentProblems).some(({ code }) => code === problem.code);
  if (!isOurs) return problem;
  return silent === null ? null : silentProblems[silent];
}

function mediaFailed(call: CallModel, problem: Problem, at: number): Step {
  const { phase } = call.view;
  if (phase.name === 'connected') return [look(call, { problem }), []];
  const unanswered = call.view.direction === 'incoming' && call.hasSession;
  const effects: CallEffect[] = unanswered
    ? [{ type: 'reject', status: 488 }]
    : call.hasSession
      ? [{ type: 'end-session' }]
      : [];
  return finish(call, 'failed', problem, at, effects);
}
