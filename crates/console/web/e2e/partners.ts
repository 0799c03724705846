// The partners' business of a training room: whose word it is, and what all of them say.
import { expect, type Page } from '@playwright/test'

export interface Activity { id: string; partner: string | null; kind: string; hold: string; start: string }
interface Change { name: string; approvals: { centre: string; mark: string }[] }

const get = async <T>(base: string, path: string) => (await fetch(`${base}/api/v1/${path}`)).json() as Promise<T>
async function post<T>(base: string, path: string, body: unknown): Promise<T> {
  const response = await fetch(`${base}/api/v1/${path}`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-cupola': '1' }, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${response.status} ${path}: ${await response.text()}`)
  return response.json() as Promise<T>
}

/** The centres from which the newest request waits for a word. */
export async function waiting(base: string): Promise<string[]> {
  return (await get<Change[]>(base, 'changes')).at(-1)!.approvals.filter((a) => a.mark === 'in review').map((a) => a.centre)
}

/** Lets every centre agree to the week as planned, so that there is a baseline; with it, an experiment of ESA that may be moved. */
export async function askedByAll(base: string): Promise<{ id: string; own: Activity }> {
  const [{ id: made }] = await get<{ id: string }[]>(base, 'plans')
  const { name } = await post<Change>(base, 'changes?as=mcc-h', { why: 'The week, as planned', urgency: 'routine', dry_run: false, plan: made })
  for (const centre of await waiting(base)) await post(base, `changes/${name}/words?as=${centre}`, { say: 'approve', text: '' })
  const { id } = (await get<{ id: string }[]>(base, 'plans')).find((p) => p.id.startsWith('baseline:'))!
  const { activities } = await get<{ activities: Activity[] }>(base, `plans/${id}`)
  return { id, own: activities.find((a) => a.partner === 'esa' && a.kind === 'experiment' && a.hold === 'free')! }
}

/** Chooses in whose name what is said next is said, by the centre's id or its short name. */
export async function speakFor(page: Page, centre: string) {
  const choice = page.getByLabel('Speaking for')
  const option = choice.locator(`option[value="${centre}"]`).or(choice.locator('option').filter({ hasText: `${centre}, ` }))
  await choice.selectOption((await option.getAttribute('value'))!)
}

/** Says yes, on the page, for everybody who is asked; answers who that was. */
export async function approve(page: Page, base: string): Promise<string[]> {
  const asked = await waiting(base)
  for (const centre of asked) {
    await speakFor(page, centre)
    await page.getByRole('button', { name: 'approve', exact: true }).click()
    // A record cannot be taken back.
    await page.getByRole('button', { name: /press again/ }).click()
    await expect(page.getByRole('table', { name: 'Who has said what' }).locator('tr.own').getByText('✓ yes')).toBeVisible()
  }
  return asked
}
