// The program under test: started on a free port, ended with those who asked for it.
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

const cupola = resolve(process.env.CUPOLA ?? resolve(import.meta.dirname, '../../../../target/release/cupola'))

export interface Served {
  /** Where it is served, without a slash at the end. */
  address: string
  end(): Promise<void>
}

/** `cupola serve` with further arguments; fails when it ends before it has said where it serves. */
export async function serve(...more: string[]): Promise<Served> {
  const program = spawn(cupola, ['serve', '--quiet', '--listen', '127.0.0.1:0', ...more], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<void>((done) => program.once('close', () => done()))
  const address = await new Promise<string>((said, fail) => {
    createInterface(program.stdout).once('line', (line) => said(line.trim()))
    program.once('error', (e) => fail(new Error(`${cupola} does not start: ${e.message}. CUPOLA names the program.`)))
    program.once('exit', (code) => fail(new Error(`${cupola} serve ended with ${code}`)))
  })
  return {
    address,
    end: () => {
      program.kill()
      return ended
    },
  }
}

/** The program over a training room of its own: every centre's node in a folder that goes with it. */
export async function serveRoom(): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), 'cupola-room-'))
  const nodes = join(folder, 'nodes')
  execFileSync(cupola, ['journal', '--node', nodes, 'found', '--all'])
  const served = await serve('--nodes', nodes, '--training')
  return {
    ...served,
    end: async () => {
      await served.end()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
