// Unit tests: they stand beside the code they test and need no network but loopback.
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const include = ['{contract,electron,renderer,build,tests/unit,tests/headset}/**/*.test.{ts,tsx}'];
/** These change SIP.js for good, one change after the other, and must meet it unchanged. */
const alone = ['electron/sip/dialog/corrections/*.test.ts'];

export default defineConfig({
  test: {
    pool: 'threads',
    // Vitest leaves one core to others; on two cores that is half of them.
    maxWorkers: availableParallelism(),
    // A test that hangs is found all the same; one on a busy machine is not a failure.
    testTimeout: 40_000,
    // Files share a worker and its modules, which are loaded once and not once a file: a test leaves nothing behind.
    projects: [
      { extends: true, test: { name: 'shared', isolate: false, include, exclude: [...alone, '**/node_modules/**'] } },
      { extends: true, test: { name: 'alone', isolate: true, include: alone } },
    ],
  },
});
