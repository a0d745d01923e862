// Messages a second through framer, index and gate, beside SIP.js's parser: an INVITE of 1 kB as a server sends it.
import { invite, parsePerSecond, sipJsPerSecond } from '../lab/parse-rate.ts';
import { median, type Bench } from '../report.ts';

export const bench: Bench = async (measure, note) => {
  note('message', `INVITE of ${Buffer.byteLength(invite)} bytes`);
  const ours = parsePerSecond();
  measure({ name: 'parse_per_s', value: median(ours), unit: '/s', samples: ours });
  const theirs = sipJsPerSecond();
  measure({ name: 'sipjs_parse_per_s', value: median(theirs), unit: '/s', samples: theirs });
  await Promise.resolve();
};
