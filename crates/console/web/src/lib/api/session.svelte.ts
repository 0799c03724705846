// Who is signed in, and what the server lets them do.
import { ask, askAgain, listen, pin, send } from './ask.svelte'

export interface Session { name: string | null; partner: string | null; role: string; accounts: boolean; oidc?: { name: string; start: string } | null; may: string[]; nodes?: { training?: boolean; centres: { id: string; partner: string; may: string[] }[] } | null }

class Door {
  readonly #answer = pin(ask<Session>('session'))
  readonly session = $derived(this.#answer.value)

  /** Throws a `Fault`: a wrong name and a wrong password are told alike. */
  async signIn(name: string, password: string) {
    await send('session', { name, password })
    listen()
    askAgain()
  }
  async signOut() {
    await send('session', undefined, 'DELETE')
    // What the stream tells is told to whoever opened it.
    listen()
    askAgain()
  }
}

export const door = new Door()
