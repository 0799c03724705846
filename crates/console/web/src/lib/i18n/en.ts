// The words of the frame and of main labels. English is whole; other languages may lack some and then show these.
export const en = {
  'page.now': 'Now', 'page.plan': 'Plan', 'page.traffic': 'Traffic', 'page.stocks': 'Stocks', 'page.partners': 'Partners', 'page.history': 'History', 'page.futures': 'Futures', 'page.passes': 'Passes',
  'frame.pages': 'Pages', 'frame.inspector': 'Inspector', 'frame.close': 'Close', 'frame.palette': 'Commands', 'frame.findHint': 'A command, a person, a flight, a port, a place, a time …', 'frame.nothingFound': 'Nothing is called that.',
  'frame.viewingAs': 'Viewing as', 'frame.everyone': 'all partners', 'frame.theme': 'Light or dark', 'frame.language': 'Language', 'frame.print': 'Print', 'frame.skip': 'To the page',
  'time.now': 'Now', 'time.asOf': 'As known on', 'time.replay': 'Replay', 'time.pause': 'Pause', 'time.goTo': 'Go to a time', 'time.faster': 'Faster', 'time.slower': 'Slower', 'time.machine': 'Time machine', 'time.ends': 'The record ends {at}, {age} before the clock.', 'time.after': 'After the record\'s end: what is planned.',
  'time.zoomIn': 'Closer', 'time.zoomOut': 'Wider', 'time.earlier': 'Earlier', 'time.later': 'Later', 'time.previous': 'Previous event', 'time.next': 'Next event', 'time.axis': 'Time axis', 'time.overview': 'The whole record',
  'presence.days': '{n} days', 'presence.none': 'nobody aboard', 'presence.secure': 'secure against any single loss until {at}', 'presence.notSecure': 'not secure against every single loss', 'presence.planNobody': 'as planned nobody from {at}', 'presence.planBreaks': 'as planned {what} short from {at}',
  'age.elements': 'elements', 'age.stocks': 'stocks', 'age.losses': 'verdict', 'age.old': '{age} old',
  'now.aboard': 'Aboard', 'now.docked': 'Docked', 'now.next': 'Next', 'now.margins': 'Margins', 'now.map': 'Map', 'now.globe': 'Globe', 'now.station': 'Station', 'now.orbit': 'Orbit', 'now.light': 'Light', 'now.noOrbit': 'The orbit is not known at this time.', 'now.noOrbitMend': 'People, ships and stocks below hold all the same. Go to a time nearer to an element set, or add one to the book.',
  'now.errorOf': 'The nearest element set is {age} away; the error would be about {error} km.', 'now.sunlight': 'sunlight', 'now.shadow': 'shadow',
  'history.people': 'People aboard, by partner', 'history.ports': 'Flights, by port', 'history.assembly': 'Assembly', 'history.spacewalks': 'Spacewalks', 'history.nearMisses': 'Near misses',
  'passes.title': 'Passes', 'passes.where': 'Place, or latitude and longitude', 'passes.none': 'No pass can be seen from {place} in these {days} days.', 'passes.noneMend': 'The station passes in daylight or in the Earth\'s shadow then. Look at other days with the time axis, or choose another place.', 'passes.choose': 'Choose a place in the list or on the map.',
  'col.partner': 'partner', 'col.name': 'name', 'col.role': 'role', 'col.days': 'days', 'col.since': 'since (GMT)', 'col.with': 'came with', 'col.port': 'port', 'col.vehicle': 'vehicle', 'col.when': 'when (GMT)', 'col.what': 'what', 'col.in': 'in', 'col.stock': 'stock', 'col.left': 'days left', 'col.line': 'crosses', 'col.long': 'lasts', 'col.kind': 'kind', 'col.lat': 'latitude', 'col.lon': 'longitude', 'col.sight': 'in sight', 'now.places': 'Places', 'col.oneLost': 'one ship lost',
  'table.copy': 'Copy the table', 'table.copied': 'Copied', 'table.asTable': 'As a table', 'table.asDrawing': 'As a drawing', 'table.empty': 'Nothing here.',
  'state.waiting': 'Being computed …', 'state.lost': 'No connection since {at}. Shown is what was known then.', 'state.stillTrue': 'Everything else on this page still holds.', 'state.again': 'Ask again',
} as const

export type Word = keyof typeof en
