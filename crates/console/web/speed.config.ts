import { defineConfig } from '@playwright/test'
import tests from './playwright.config'

// Timings are for people: nothing here fails for being slow, and nothing else runs beside it.
export default defineConfig(tests, { testDir: 'speed', workers: 1, fullyParallel: false, use: { trace: 'off', screenshot: 'off' } })
