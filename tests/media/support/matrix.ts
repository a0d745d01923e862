// The matrix of codecs and security against other phones: what is tried, what came out, and the table that README shows.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import type { CodecName } from '../../../contract/index.ts';

export const codecs: readonly CodecName[] = ['PCMU', 'PCMA', 'G722', 'opus'];

/** How audio is protected on the wire. */
export const securities = ['RTP', 'CM_128_80', 'CM_128_32', 'GCM_128', 'GCM_256', 'DTLS-SRTP'] as const;
export type Security = (typeof securities)[number];

/** As a=crypto names them. */
export const suiteOf: Partial<Record<Security, string>> = {
  CM_128_80: 'AES_CM_128_HMAC_SHA1_80',
  CM_128_32: 'AES_CM_128_HMAC_SHA1_32',
  GCM_128: 'AEAD_AES_128_GCM',
  GCM_256: 'AEAD_AES_256_GCM',
};

type Result = 'passed' | 'failed';

export class Matrix {
  readonly #planned = new Set<string>();
  readonly #results = new Map<string, Result>();

  /** This cell is going to be tried. */
  plan(peer: string, codec: CodecName, security: Security): void {
    this.#planned.add(`${peer} ${codec} ${security}`);
  }

  note(peer: string, codec: CodecName, security: Security, result: Result): void {
    this.#results.set(`${peer} ${codec} ${security}`, result);
  }

  /**
   * Writes the table; a cell without a result was not tried, because the peer does not speak it. A run that was cut short, or
   * of some cells only, writes nothing: the table would forget what it did not see.
   */
  async write(peers: Readonly<Record<string, string>>): Promise<void> {
    if (this.#results.size < this.#planned.size) return;
    const mark = { passed: 'yes', failed: '**no**' } as const;
    const tables = Object.entries(peers).flatMap(([peer, what]) => [
      `## ${peer}`,
      '',
      what,
      '',
      `| codec | ${securities.join(' | ')} |`,
      `| --- | ${securities.map(() => '---').join(' | ')} |`,
      ...codecs.map((codec) => {
        const cells = securities.map((security) => {
          const result = this.#results.get(`${peer} ${codec} ${security}`);
          return result ? mark[result] : '–';
        });
        return `| ${codec} | ${cells.join(' | ')} |`;
      }),
      '',
    ]);
    const text = [
      '# Codecs and security, tried against other phones',
      '',
      'Written by `npx playwright test --project=media tests/media/matrix.spec.ts`. A `yes` means: the right tone was heard both',
      'ways, keys arrived both ways, the call was held and resumed, and it was hung up. A dash: the other phone does not speak it.',
      '',
      ...tables,
    ].join('\n');
    const folder = join(import.meta.dirname, '../../../docs');
    mkdirSync(folder, { recursive: true });
    const options = await resolveConfig(import.meta.filename);
    writeFileSync(join(folder, 'media-matrix.md'), await format(text, { ...options, parser: 'markdown' }));
  }
}
