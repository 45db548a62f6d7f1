import { defineConfig } from 'vitest/config'

/** Suites by what they need: `unit` nothing but Node, `store` and `house` a PostgreSQL, `browser` Chromium. */
const project = (name: string, include: string[], testTimeout: number) => ({
  test: { name, include, testTimeout, hookTimeout: testTimeout, pool: 'forks' as const },
})

export default defineConfig({
  test: {
    projects: [
      project('unit', ['src/**/*.test.ts', '!src/store/**', 'simulators/**/*.test.ts', 'rulebook/**/*.test.ts', 'tests/architecture/**/*.test.ts'], 20_000),
      project('store', ['src/store/**/*.test.ts'], 120_000),
      project('simulation', ['tests/simulation/**/*.test.ts'], 600_000),
      project('house', ['tests/house/**/*.test.ts'], 180_000),
      project('promises', ['tests/promises/**/*.test.ts'], 3_600_000),
      project('browser', ['tests/browser/**/*.test.ts'], 300_000),
    ],
  },
})
