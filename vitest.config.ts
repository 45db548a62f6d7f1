import { defineConfig } from 'vitest/config'

/** Suites by what they need: `unit` nothing but Node, `store` and `house` a PostgreSQL, `mail` postfix and dovecot, `browser` both and Chromium. */
const project = (name: string, include: string[], testTimeout: number, globalSetup: string[] = []) => ({
  test: { name, include, testTimeout, hookTimeout: testTimeout, pool: 'forks' as const, globalSetup },
})

const postgres = ['tests/support/postgres-server.ts']
const STORY = 'tests/browser/demo-story.test.ts'

export default defineConfig({
  test: {
    projects: [
      project(
        'unit',
        [
          'src/**/*.test.ts',
          '!src/store/**',
          'simulators/**/*.test.ts',
          'rulebook/**/*.test.ts',
          'tests/architecture/**/*.test.ts',
          'tests/check/**/*.test.ts',
          'tests/knowledge/**/*.test.ts',
          'tests/human/**/*.test.ts',
          'tests/purpose/**/*.test.ts',
          'tests/shield/**/*.test.ts',
        ],
        20_000,
      ),
      project('store', ['src/store/**/*.test.ts'], 120_000, postgres),
      project('simulation', ['tests/simulation/**/*.test.ts'], 600_000),
      project('house', ['tests/house/**/*.test.ts', 'tests/continuity/**/*.test.ts', 'tests/attacks/**/*.test.ts'], 180_000, postgres),
      project('promises', ['tests/promises/**/*.test.ts'], 3_600_000, postgres),
      project('mail', ['tests/mail/**/*.test.ts'], 30_000),
      project('browser', ['tests/browser/**/*.test.ts', `!${STORY}`], 300_000, postgres),
      // It may take two minutes at most: nothing else runs beside it.
      project('story', [STORY], 300_000, postgres),
    ],
  },
})
