// The report of a call's quality (RFC 6035): from a call's counters to the document that a server collects.
import { describe, expect, it } from 'vitest';
import type { VoipMetrics } from '../../../contract/index.ts';
import { newMeter } from './meter.ts';
import { onALine, roughlyHeard, roughTenSeconds } from './testing.ts';
import { callReport, vqSessionReport } from './vq-report.ts';

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
    const report = callReport(roughTenSeconds(onALine));
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
    const { pattern: _, ...silent } = onALine;
    const report = callReport(roughTenSeconds({ ...silent, reported: null }));
    const text = report ? vqSessionReport(session, report) : '';
    expect(text).not.toContain('RemoteMetrics');
    expect(text).not.toContain('BurstGapLoss');
    expect(text).toContain('Delay: ESD=110 IAJ=7 MAJ=30');
  });

  it('says of their side what they told of it (RFC 3611)', () => {
    const lines = (theirs: VoipMetrics) => {
      const report = callReport(roughTenSeconds({ ...onALine, theirs }));
      const text = report ? vqSessionReport(session, report) : '';
      return text.slice(text.indexOf('RemoteMetrics:')).split('\r\n').slice(2, -1);
    };
    const measured = { signal: -18, noise: -60, echoReturnLoss: 55, externalRating: 88 };
    expect(lines({ ...roughlyHeard, ...measured })).toEqual([
      'JitterBuffer: JBA=3 JBR=0 JBN=50 JBM=80 JBX=4000',
      'PacketLoss: NLR=10.0 JDR=2.0',
      'BurstGapLoss: BLD=40.0 BD=300 GLD=0.5 GD=4000 GMIN=16',
      'Delay: RTD=40 ESD=110',
      'Signal: SL=-18 NL=-60 RERL=55',
      'QualityEst: RCQ=62 EXTRI=88 MOSLQ=3.2 MOSCQ=3.1',
    ]);
    const silent = { pattern: null, roundTrip: null, endSystem: null, rating: null, mosListening: null };
    const buffer = { kind: 'unknown', rate: 0, nominal: 0, most: 0, limit: 0 } as const;
    expect(lines({ ...roughlyHeard, ...silent, mosConversation: null, buffer })).toEqual([
      'PacketLoss: NLR=10.0 JDR=2.0',
    ]);
  });

  it('is none for a call without sound, or on a line that is not known', () => {
    expect(callReport(newMeter())).toBeNull();
    const { ends: _, ...unknown } = onALine;
    expect(callReport(roughTenSeconds(unknown))).toBeNull();
  });
});
