// Unit tests: they stand beside the code they test and need no network but loopback.
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{contract,electron,renderer,build,tests/unit,tests/headset}/**/*.test.{ts,tsx}'],
    pool: 'threads',
    // Vitest leaves one core to others; on two cores that is half of them.
    maxWorkers: availableParallelism(),
    testTimeout: 10_000,
  },
});
