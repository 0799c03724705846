import type { Word } from './en'

export const words: Partial<Record<Word, string>> = {
  'page.now': '現在', 'page.plan': '計画', 'page.traffic': '往来', 'page.stocks': '備蓄', 'page.partners': '参加国', 'page.history': '歴史', 'page.futures': '将来', 'page.passes': '通過',
  'frame.pages': 'ページ', 'frame.inspector': '詳細', 'frame.close': '閉じる', 'frame.palette': 'コマンド', 'frame.viewingAs': '視点', 'frame.everyone': '全機関', 'frame.theme': '明暗', 'frame.language': '言語', 'frame.print': '印刷',
  'time.now': '現在', 'time.asOf': 'この日の情報で', 'time.replay': '再生', 'time.pause': '一時停止', 'time.goTo': '時刻へ移動', 'time.machine': '時間移動',
  'presence.days': '{n} 日', 'presence.secure': '{at} まで単一の損失に耐える',
  'now.aboard': '搭乗者', 'now.docked': 'ドッキング中', 'now.next': '次の予定', 'now.margins': '余裕', 'now.map': '地図', 'now.globe': '地球', 'now.station': 'ステーション', 'now.orbit': '軌道', 'now.sunlight': '日照', 'now.shadow': '日陰',
  'history.people': '機関別搭乗者数', 'history.ports': 'ポート別飛行', 'history.assembly': '組立', 'history.spacewalks': '船外活動', 'history.nearMisses': 'ヒヤリハット', 'passes.title': '通過',
  'col.partner': '機関', 'col.name': '氏名', 'col.role': '役割', 'col.days': '日数', 'col.since': '開始 (GMT)', 'col.with': '往路', 'col.port': 'ポート', 'col.vehicle': '宇宙船', 'col.when': '時刻 (GMT)', 'col.what': '内容', 'col.in': 'あと', 'col.stock': '備蓄', 'col.left': '残日数', 'table.copy': '表をコピー', 'table.copied': 'コピーしました',
}
