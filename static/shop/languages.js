// The languages of the chat, each in its own words.

export const languages = [
  ['ar-AE', 'العربية'], ['bs-BA', 'Bosanski'], ['da-DK', 'Dansk'], ['de-DE', 'Deutsch'], ['el-GR', 'Ελληνικά'], ['en-US', 'English'],
  ['es-ES', 'Español (España)'], ['es-LA', 'Español (Latinoamérica)'], ['fr-FR', 'Français'], ['hr-HR', 'Hrvatski'], ['hu-HU', 'Magyar'],
  ['it-IT', 'Italiano'], ['ja-JP', '日本語'], ['ko-KR', '한국어'], ['lt-LT', 'Lietuvių'], ['lv-LV', 'Latviešu'], ['pl-PL', 'Polski'],
  ['pt-BR', 'Português (Brasil)'], ['pt-PT', 'Português (Portugal)'], ['ro-RO', 'Română'], ['ru-RU', 'Русский'], ['sl-SI', 'Slovenščina'],
  ['sq-AL', 'Shqip'], ['sr-Latn', 'Srpski'], ['sv-SE', 'Svenska'], ['th-TH', 'ไทย'], ['tr-TR', 'Türkçe'], ['uk-UA', 'Українська'],
  ['zh-Hans', '简体中文'], ['zh-Hant', '繁體中文'], ['zh-TW', '中文（台灣）'],
]
