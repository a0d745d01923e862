// Unit tests: they stand beside the code they test and need no network but loopback.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{contract,electron,renderer,build,tests/unit,tests/headset}/**/*.test.{ts,tsx}'],
    pool: 'threads',
    testTimeout: 10_000,
  },
});
