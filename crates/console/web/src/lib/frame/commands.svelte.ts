// The frame's own actions. Pages add theirs.
import { pages } from '../../pages/registry'
import { askAgain } from '../api/ask.svelte'
import { shelf } from '../api/book.svelte'
import { LANGUAGES, t, tongue, type Language } from '../i18n/index.svelte'
import { actions } from '../keys/actions.svelte'
import { place } from '../place.svelte'
import { DAY, HOUR, YEAR } from '../time/text'
import { theme } from '../theme.svelte'
import { faster, playOrPause } from './clockwork.svelte'

class Overlay {
  isPaletteOpen = $state(false)
  isTimeOpen = $state(false)
}
export const overlay = new Overlay()

const pan = (part: number) => place.pan((place.to - place.from) * part)

/** Moves the moment by a hundredth of the view, whole seconds. */
const step = (way: 1 | -1) => place.goTo(Math.round((place.moment + (way * (place.to - place.from)) / 100) / 1000) * 1000)

export function register() {
  const time = 'Time'
  actions.add(
    { id: 'palette', group: 'Console', name: () => t('frame.palette'), keys: ['Ctrl+k', '/', ':'], run: () => (overlay.isPaletteOpen = true) },
    ...pages.map((p) => ({ id: `page.${p.id}`, group: 'Pages', name: () => t(p.name), keys: [p.key], run: () => place.open(p.id) })),
    { id: 'time.now', group: time, name: () => t('time.now'), keys: ['t'], run: () => { place.speed = null; place.asOf = null; place.goTo(null) } },
    { id: 'time.goTo', group: time, name: () => t('time.goTo'), keys: ['g'], run: () => (overlay.isTimeOpen = true) },
    { id: 'time.play', group: time, name: () => t(place.speed === null ? 'time.replay' : 'time.pause'), keys: [' '], run: playOrPause },
    { id: 'time.faster', group: time, name: () => t('time.faster'), keys: ['.'], run: () => faster(1) },
    { id: 'time.slower', group: time, name: () => t('time.slower'), keys: [','], run: () => faster(-1) },
    { id: 'time.in', group: time, name: () => t('time.zoomIn'), keys: ['+', '='], run: () => place.zoom(0.6) },
    { id: 'time.out', group: time, name: () => t('time.zoomOut'), keys: ['-'], run: () => place.zoom(1 / 0.6) },
    { id: 'time.earlier', group: time, name: () => t('time.earlier'), keys: ['ArrowLeft'], run: () => pan(-0.2) },
    { id: 'time.later', group: time, name: () => t('time.later'), keys: ['ArrowRight'], run: () => pan(0.2) },
    { id: 'time.back', group: time, name: () => t('time.back'), keys: ['Shift+ArrowLeft'], run: () => step(-1) },
    { id: 'time.on', group: time, name: () => t('time.on'), keys: ['Shift+ArrowRight'], run: () => step(1) },
    { id: 'time.previous', group: time, name: () => t('time.previous'), keys: ['['], run: () => place.event(-1) },
    { id: 'time.next', group: time, name: () => t('time.next'), keys: [']'], run: () => place.event(1) },
    ...([['3 hours', HOUR, 2 * HOUR], ['a day', 8 * HOUR, 16 * HOUR], ['a month', 10 * DAY, 20 * DAY], ['a year', 0.3 * YEAR, 0.7 * YEAR], ['the whole record', 40 * YEAR, 40 * YEAR]] as const).map(([name, before, after]) => ({
      id: `time.span.${name}`, group: time, name: () => `Show ${name}`, keys: [], run: () => place.show(...place.around(before, after)),
    })),
    { id: 'frame.close', group: 'Console', name: () => t('frame.close'), keys: ['Escape'], run: () => place.select(null) },
    { id: 'frame.theme', group: 'Console', name: () => t('frame.theme'), keys: ['d'], run: () => theme.next() },
    { id: 'frame.print', group: 'Console', name: () => t('frame.print'), keys: ['Ctrl+p'], run: () => print() },
    { id: 'frame.again', group: 'Console', name: () => t('state.again'), keys: ['r'], run: askAgain },
    ...Object.entries(LANGUAGES).map(([id, name]) => ({ id: `language.${id}`, group: t('frame.language'), name: () => name, keys: [], run: () => void tongue.choose(id as Language) })),
  )
  $effect(() => {
    const all = { id: 'as.all', group: 'Viewing as', name: () => `${t('frame.viewingAs')} ${t('frame.everyone')}`, keys: [], run: () => (place.as = null) }
    const each = (shelf.book?.partners ?? []).map((p) => ({ id: `as.${p.id}`, group: 'Viewing as', name: () => `${t('frame.viewingAs')} ${p.short}`, keys: [], run: () => (place.as = p.id) }))
    return actions.add(all, ...each)
  })
}
