import type { Word } from './en'

export const words: Partial<Record<Word, string>> = {
  'page.now': 'Maintenant', 'page.plan': 'Plan', 'page.traffic': 'Trafic', 'page.stocks': 'Stocks', 'page.partners': 'Partenaires', 'page.history': 'Histoire', 'page.futures': 'Avenirs', 'page.passes': 'Passages',
  'frame.pages': 'Pages', 'frame.inspector': 'Détails', 'frame.close': 'Fermer', 'frame.palette': 'Commandes', 'frame.viewingAs': 'Vu par', 'frame.everyone': 'tous les partenaires', 'frame.theme': 'Clair ou sombre', 'frame.language': 'Langue', 'frame.print': 'Imprimer',
  'time.now': 'Maintenant', 'time.asOf': 'Tel que connu le', 'time.replay': 'Rejouer', 'time.pause': 'Pause', 'time.goTo': 'Aller à une heure', 'time.machine': 'Machine à remonter le temps',
  'presence.days': '{n} jours', 'presence.secure': 'résiste à toute perte unique jusqu’au {at}',
  'now.aboard': 'À bord', 'now.docked': 'Amarrés', 'now.next': 'À venir', 'now.margins': 'Marges', 'now.map': 'Carte', 'now.globe': 'Globe', 'now.station': 'Station', 'now.orbit': 'Orbite', 'now.sunlight': 'soleil', 'now.shadow': 'ombre',
  'history.people': 'Personnes à bord, par partenaire', 'history.ports': 'Vols, par port', 'history.assembly': 'Assemblage', 'history.spacewalks': 'Sorties', 'history.nearMisses': 'Moments critiques', 'passes.title': 'Passages',
  'col.partner': 'partenaire', 'col.name': 'nom', 'col.role': 'rôle', 'col.days': 'jours', 'col.since': 'depuis (GMT)', 'col.with': 'venu avec', 'col.port': 'port', 'col.vehicle': 'vaisseau', 'col.when': 'quand (GMT)', 'col.what': 'quoi', 'col.in': 'dans', 'col.stock': 'stock', 'col.left': 'jours restants', 'table.copy': 'Copier le tableau', 'table.copied': 'Copié',
}
