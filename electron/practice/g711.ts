// G.711: 16-bit samples to u-law and A-law (ITU-T G.711).

/** u-law byte of a sample. */
export function encodeUlaw(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), 32_635) + 132;
  const exponent = 31 - Math.clz32(magnitude) - 7;
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return ~(sign | (exponent << 4) | mantissa) & 0xff;
}

/** A-law byte of a sample. */
export function encodeAlaw(sample: number): number {
  const sign = sample >= 0 ? 0x80 : 0;
  const magnitude = Math.min(sample >= 0 ? sample : -sample - 1, 32_767);
  const exponent = magnitude < 256 ? 0 : 31 - Math.clz32(magnitude) - 7;
  const mantissa = (magnitude >> (exponent === 0 ? 4 : exponent + 3)) & 0x0f;
  return (sign | (exponent << 4) | mantissa) ^ 0x55;
}

/** Samples of a sine at 8 kHz, encoded; `from` is the index of the first sample, so that packets join without a click. */
export function encodeTone(codec: 'PCMU' | 'PCMA', hertz: number, from: number, count: number): Buffer {
  const encode = codec === 'PCMU' ? encodeUlaw : encodeAlaw;
  const bytes = Buffer.alloc(count);
  for (let i = 0; i < count; i++) {
    const sample = hertz === 0 ? 0 : 8000 * Math.sin((2 * Math.PI * hertz * (from + i)) / 8000);
    bytes[i] = encode(Math.round(sample));
  }
  return bytes;
}
