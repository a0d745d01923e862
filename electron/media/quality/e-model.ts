// The E-model (ITU-T G.107): from loss and delay to the score that listeners would give. Pure.

/**
 * What the codec costs by itself, and how well it bears random loss: G.711 with concealment (ITU-T G.113 appendix I). For
 * G.722 and Opus, G.113 has no narrowband values; on this scale they are at least as good, so they get the same and nothing
 * better (Opus' own error correction is not counted).
 */
const ie = 0;
const bpl = 25.1;

/** R of a connection without any impairment of its own, at G.107's default values. */
const bestRating = 93.2;

export interface Heard {
  /** Packets lost or too late, percent; taken as random. */
  loss: number;
  /** Mouth to ear, one way, ms. */
  delay: number;
}

/** The rating R, 0 to 93.2. */
export function rating({ loss, delay }: Heard): number {
  const effective = ie + ((95 - ie) * loss) / (loss + bpl);
  return Math.max(0, bestRating - delayImpairment(delay) - effective);
}

/** MOS of a rating, 1 to 4.5 (G.107 annex B). */
export function mosOf(r: number): number {
  if (r <= 0) return 1;
  if (r >= 100) return 4.5;
  return Math.max(1, 1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6);
}

/** The score of what is heard. */
export function mos(heard: Heard): number {
  return mosOf(rating(heard));
}

/** The ratings without and with what the delay costs: of listening, and of a conversation. */
export function ratings(heard: Heard): { listening: number; conversation: number } {
  return { listening: rating({ ...heard, delay: 0 }), conversation: rating(heard) };
}

/** Idd: what too long a delay costs when there is no echo (G.107 7.4). */
function delayImpairment(delay: number): number {
  if (delay <= 100) return 0;
  const x = Math.log2(delay / 100);
  return 25 * ((1 + x ** 6) ** (1 / 6) - 3 * (1 + (x / 3) ** 6) ** (1 / 6) + 2);
}
