// The report of a call's quality (RFC 6035): from a call's counters to the document that a server collects.
import { describe, expect, it } from 'vitest';
import type { CallStats } from '../../../contract/index.ts';
import { measure, newMeter } from './meter.ts';
import { atTheBeginning } from './testing.ts';
import { callReport, vqSessionReport } from './vq-report.ts';

const zero: CallStats = {
  ...atTheBeginning,
  reported: { at: 1, roundTrip: 0.04, fractionLost: 0.02, unheard: null },
  pattern: { burstDensity: 40, burstMs: 300, gapDensity: 0.5, gapMs: 4000 },
  ends: {
    local: { address: '192.0.2.1', port: 16_384, ssrc: 0xab },
    remote: { address: '192.0.2.2', port: 4000, ssrc: 0xdeadbeef },
    payloadType: 0,
  },
};

/** Ten seconds in which 5 of 50 packets were lost each second, and one came too late. */
function meterOf(first: CallStats) {
  let stats = first;
  let [meter] = measure(newMeter(), stats);
  for (let second = 0; second < 10; second++) {
    stats = {
      ...stats,
      packetsReceived: stats.packetsReceived + 45,
      packetsLost: stats.packetsLost + 5,
      packetsDiscarded: stats.packetsDiscarded + 1,
      jitter: second === 4 ? 0.03 : 0.004,
      jitterBufferEmitted: stats.jitterBufferEmitted + 48_000,
      jitterBufferDelay: stats.jitterBufferDelay + 48_000 * 0.05,
      totalSamples: stats.totalSamples + 48_000,
    };
    [meter] = measure(meter, stats);
  }
  return meter;
}

const session = {
  callId: 'a84b4c76e66710',
  local: 'sip:alice@example.com',
  remote: 'sip:bob@example.com',
  origin: 'sip:alice@example.com',
  startedAt: Date.UTC(2026, 10, 28, 12, 0, 0, 400),
  endedAt: Date.UTC(2026, 10, 28, 12, 0, 10, 900),
};

describe("a call's report", () => {
  it('says in RFC 6035 what was lost, how late sound was and how it was heard', () => {
    const report = callReport(meterOf(zero));
    expect(report && vqSessionReport(session, report).split('\r\n')).toEqual([
      'VQSessionReport: CallTerm',
      'CallID: a84b4c76e66710',
      'LocalID: <sip:alice@example.com>',
      'RemoteID: <sip:bob@example.com>',
      'OrigID: <sip:alice@example.com>',
      'LocalAddr: IP=192.0.2.1 PORT=16384 SSRC=0x000000ab',
      'RemoteAddr: IP=192.0.2.2 PORT=4000 SSRC=0xdeadbeef',
      'LocalMetrics:',
      'Timestamps: START=2026-11-28T12:00:00Z STOP=2026-11-28T12:00:10Z',
      'SessionDesc: PT=0 PD=PCMU SR=8000 PLC=2 SSUP=off',
      'JitterBuffer: JBA=3 JBN=50 JBM=50',
      'PacketLoss: NLR=10.0 JDR=2.0',
      'BurstGapLoss: BLD=40.0 BD=300 GLD=0.5 GD=4000 GMIN=16',
      'Delay: RTD=40 ESD=110 IAJ=7 MAJ=30',
      'QualityEst: RLQ=62 RCQ=62 MOSLQ=3.2 MOSCQ=3.2 QoEEstAlg=G.107',
      'RemoteMetrics:',
      'Timestamps: START=2026-11-28T12:00:00Z STOP=2026-11-28T12:00:10Z',
      'PacketLoss: NLR=2.0',
      '',
    ]);
  });

  it('leaves out what nobody told', () => {
    const { pattern: _, ...silent } = zero;
    const report = callReport(meterOf({ ...silent, reported: null }));
    const text = report ? vqSessionReport(session, report) : '';
    expect(text).not.toContain('RemoteMetrics');
    expect(text).not.toContain('BurstGapLoss');
    expect(text).toContain('Delay: ESD=110 IAJ=7 MAJ=30');
  });

  it('is none for a call without sound, or on a line that is not known', () => {
    expect(callReport(newMeter())).toBeNull();
    const { ends: _, ...unknown } = zero;
    expect(callReport(meterOf(unknown))).toBeNull();
  });
});
