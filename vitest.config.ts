import { defineConfig } from 'vitest/config'

const soak = process.env.ZG_SOAK === '1'

export default defineConfig({
  test: {
    include: soak ? ['src/**/*.soak.ts'] : ['src/**/*.test.{ts,tsx}', 'bin/**/*.test.js'],
    globalSetup: ['src/store/testingServer.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: soak ? 3_600_000 : 120_000,
    hookTimeout: soak ? 600_000 : 120_000,
    teardownTimeout: 30_000,
    env: { TZ: 'UTC' },
  },
})
