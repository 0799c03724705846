import type { Word } from './en'

export const words: Partial<Record<Word, string>> = {
  'page.now': 'Jetzt', 'page.plan': 'Plan', 'page.traffic': 'Verkehr', 'page.stocks': 'Vorräte', 'page.partners': 'Partner', 'page.history': 'Geschichte', 'page.futures': 'Zukünfte', 'page.passes': 'Überflüge',
  'frame.pages': 'Seiten', 'frame.inspector': 'Einzelheiten', 'frame.close': 'Schließen', 'frame.palette': 'Befehle', 'frame.viewingAs': 'Gesehen als', 'frame.everyone': 'alle Partner', 'frame.theme': 'Hell oder dunkel', 'frame.language': 'Sprache', 'frame.print': 'Drucken',
  'time.now': 'Jetzt', 'time.asOf': 'Wie bekannt am', 'time.replay': 'Abspielen', 'time.pause': 'Anhalten', 'time.goTo': 'Zu einer Zeit', 'time.machine': 'Zeitmaschine',
  'presence.days': '{n} Tage', 'presence.secure': 'gegen jeden Einzelverlust gesichert bis {at}',
  'now.aboard': 'An Bord', 'now.docked': 'Angedockt', 'now.next': 'Als Nächstes', 'now.margins': 'Reserven', 'now.map': 'Karte', 'now.globe': 'Globus', 'now.station': 'Station', 'now.orbit': 'Bahn', 'now.sunlight': 'Sonne', 'now.shadow': 'Schatten',
  'history.people': 'Menschen an Bord, nach Partnern', 'history.ports': 'Flüge, nach Ports', 'history.assembly': 'Aufbau', 'history.spacewalks': 'Außeneinsätze', 'history.nearMisses': 'Beinahe-Unfälle', 'passes.title': 'Überflüge',
  'col.partner': 'Partner', 'col.name': 'Name', 'col.role': 'Rolle', 'col.days': 'Tage', 'col.since': 'seit (GMT)', 'col.with': 'kam mit', 'col.port': 'Port', 'col.vehicle': 'Schiff', 'col.when': 'wann (GMT)', 'col.what': 'was', 'col.in': 'in', 'col.stock': 'Vorrat', 'col.left': 'Tage übrig', 'table.copy': 'Tabelle kopieren', 'table.copied': 'Kopiert',
}
