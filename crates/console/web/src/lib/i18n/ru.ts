import type { Word } from './en'

export const words: Partial<Record<Word, string>> = {
  'page.now': 'Сейчас', 'page.plan': 'План', 'page.traffic': 'Корабли', 'page.stocks': 'Запасы', 'page.partners': 'Партнёры', 'page.history': 'История', 'page.futures': 'Варианты', 'page.passes': 'Пролёты',
  'frame.pages': 'Страницы', 'frame.inspector': 'Сведения', 'frame.close': 'Закрыть', 'frame.palette': 'Команды', 'frame.viewingAs': 'От лица', 'frame.everyone': 'все партнёры', 'frame.theme': 'Светлая или тёмная', 'frame.language': 'Язык', 'frame.print': 'Печать',
  'time.now': 'Сейчас', 'time.asOf': 'По данным на', 'time.replay': 'Повтор', 'time.pause': 'Пауза', 'time.goTo': 'Перейти ко времени', 'time.machine': 'Машина времени',
  'presence.days': '{n} суток', 'presence.secure': 'любая одна потеря не прервёт полёт до {at}',
  'now.aboard': 'На борту', 'now.docked': 'Пристыкованы', 'now.next': 'Далее', 'now.margins': 'Резервы', 'now.map': 'Карта', 'now.globe': 'Глобус', 'now.station': 'Станция', 'now.orbit': 'Орбита', 'now.sunlight': 'свет', 'now.shadow': 'тень',
  'history.people': 'Люди на борту по партнёрам', 'history.ports': 'Полёты по узлам', 'history.assembly': 'Сборка', 'history.spacewalks': 'Выходы', 'history.nearMisses': 'Опасные моменты', 'passes.title': 'Пролёты',
  'col.partner': 'партнёр', 'col.name': 'имя', 'col.role': 'роль', 'col.days': 'сутки', 'col.since': 'с (GMT)', 'col.with': 'прибыл на', 'col.port': 'узел', 'col.vehicle': 'корабль', 'col.when': 'когда (GMT)', 'col.what': 'что', 'col.in': 'через', 'col.stock': 'запас', 'col.left': 'суток', 'table.copy': 'Копировать таблицу', 'table.copied': 'Скопировано',
}
