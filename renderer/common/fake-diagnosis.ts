// A diagnosis of a phone that cannot be called, for the dev page and tests of the windows. Not in the product.
import type { Check, CheckName, Diagnosis, Finding } from '../../contract/index.ts';

const found: readonly (readonly [CheckName, Finding])[] = [
  [
    'dns',
    {
      state: 'good',
      code: 'dnsSrv',
      values: { place: '198.51.100.2:5061', name: '_sips._tcp.example.com', count: 2 },
      detail: 'tls 198.51.100.2:5061\ntls 198.51.100.3:5061',
    },
  ],
  [
    'connection',
    {
      state: 'good',
      code: 'connectionTls',
      values: { names: 'sip.example.com', issuer: 'Example Authority', validUntil: Date.UTC(2027, 2, 4, 12) },
    },
  ],
  [
    'registration',
    {
      state: 'good',
      code: 'registeredBesides',
      values: { minutes: 5, count: 1 },
      detail: '* sip:k3v9@192.0.2.7:51344;transport=tls, 287 s\nsip:4410@192.0.2.31:5060, 1740 s',
    },
  ],
  ['way-back', { state: 'fault', code: 'wayBackRefused', values: { answer: '480 Offline' }, detail: '480 Offline' }],
  ['ringing', { state: 'fault', code: 'doNotDisturb', values: { until: -1 }, mend: 'turn-off-do-not-disturb' }],
  ['stun', { state: 'good', code: 'natSeen', values: { address: '203.0.113.5:40122' } }],
  ['microphone', { state: 'good', code: 'microphoneHears', values: { device: 'Jabra Evolve2 65', level: 60 } }],
  [
    'speaker',
    {
      state: 'attention',
      code: 'speakerOther',
      values: { wanted: 'Desk speaker', device: 'Jabra Evolve2 65' },
      mend: 'open-audio-settings',
    },
  ],
  ['headset', { state: 'note', code: 'headsetNone' }],
  ['pop-up', { state: 'good', code: 'popUpReady' }],
];

const ofComputer: ReadonlySet<CheckName> = new Set<CheckName>(['microphone', 'speaker', 'headset', 'pop-up']);

/** The first `done` lines are over, the next one runs. */
export function fakeDiagnosis(now: number, done = found.length): Diagnosis {
  const isOver = done >= found.length;
  return {
    startedAt: now - 4000,
    endedAt: isOver ? now : null,
    checks: found.map(([name, finding], index): Check => {
      const accountId = ofComputer.has(name) ? null : 'work';
      if (index < done) return { name, accountId, state: finding.state, finding };
      return { name, accountId, state: index === done ? 'running' : 'waiting', finding: null };
    }),
  };
}
