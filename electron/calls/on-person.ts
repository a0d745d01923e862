// What a person does with a call.
import { finish } from './call-end.ts';
import { holdWith, look, type CallModel, type PersonEvent, type Step } from './call-model.ts';

/** Carries the call on by what a person wants. */
export function onPerson(call: CallModel, event: PersonEvent): Step {
  const { phase } = call.view;
  switch (event.type) {
    case 'answer':
      if (phase.name !== 'incoming') return [call, []];
      return [
        look(call, { phase: { name: 'answering' } }),
        [call.lateOffer ? { type: 'create-offer' } : { type: 'create-answer' }],
      ];
    case 'decline':
      if (phase.name !== 'incoming') return [call, []];
      return finish(call, 'declined', null, event.at, [
        { type: 'reject', status: 603, ...(event.said === undefined ? {} : { said: event.said }) },
      ]);
    case 'answers-itself':
      return phase.name === 'incoming' ? [look(call, { autoAnswered: true }), []] : [call, []];
    case 'forward': {
      if (phase.name !== 'incoming') return [call, []];
      const { forward, at } = event;
      const where = { code: 'forwarded', message: forward.to.number };
      return finish(call, 'forwarded', where, at, [{ type: 'redirect', forward }]);
    }
    case 'silence':
      if (phase.name !== 'incoming') return [call, []];
      return [look(call, { phase: { name: 'incoming', silenced: event.on } }), []];
    case 'hang-up':
      if (phase.name === 'incoming') {
        return finish(call, 'declined', null, event.at, [{ type: 'reject', status: 603 }]);
      }
      return finish(
        call,
        phase.name === 'connected' || phase.name === 'answering' ? 'answered' : 'cancelled',
        null,
        event.at,
        [{ type: 'ring-back', on: false }, ...(call.hasSession ? [{ type: 'end-session' } as const] : [])],
      );
    case 'hold': {
      if (phase.name !== 'connected' || call.holdPending !== null || phase.hold.byUs === event.on) return [call, []];
      // Shown and heard at once; the re-INVITE follows, and its failure puts it back.
      const held = look(call, {
        phase: { ...phase, hold: holdWith(phase.hold, { byUs: event.on }, event.at) },
        problem: null,
      });
      return [{ ...held, holdPending: event.on }, [{ type: 'reoffer', hold: event.on }]];
    }
    case 'hold-settled': {
      if (phase.name !== 'connected' || call.holdPending !== event.on) return [call, []];
      const settled = { ...call, holdPending: null };
      if (event.problem === null) return [settled, []];
      const hold = holdWith(phase.hold, { byUs: !event.on }, event.at);
      return [look(settled, { phase: { ...phase, hold }, problem: event.problem }), []];
    }
    case 'mute':
      if (call.view.muted === event.on) return [call, []];
      return [look(call, { muted: event.on }), [{ type: 'set-muted', muted: event.on }]];
    case 'send-digit':
      if (phase.name !== 'connected' && !(phase.name === 'ringing' && phase.earlyMedia)) return [call, []];
      return [
        look(call, { sentDigits: (call.view.sentDigits + event.digit).slice(-64) }),
        [{ type: 'send-digit', digit: event.digit }],
      ];
  }
}
