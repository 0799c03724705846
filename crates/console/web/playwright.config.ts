import { defineConfig } from '@playwright/test'
import { resolve } from 'node:path'

const kept = resolve(import.meta.dirname, '../../../target/e2e')

// The machine may be slow and shared: what is waited for has long, and a test that fails is never tried again.
export default defineConfig({
  testDir: 'e2e',
  outputDir: `${kept}/failed`,
  reporter: [['list']],
  fullyParallel: true,
  workers: Number(process.env.WORKERS ?? 2),
  retries: 0,
  forbidOnly: true,
  timeout: 180_000,
  expect: { timeout: 60_000 },
  use: {
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    actionTimeout: 60_000,
    navigationTimeout: 60_000,
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      // That of the system: no test fetches a browser.
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
    },
  },
})
