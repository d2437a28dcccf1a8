// Runs before the first paint, so that nobody who works in the dark is dazzled: language, colours and density of the last visit.
;(() => {
  const read = (name) => {
    try {
      return JSON.parse(localStorage.getItem(`zg-${name}`) ?? 'null')
    } catch {
      return null
    }
  }
  const root = document.documentElement
  const theme = read('theme') ?? 'system'
  const dark = theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  root.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
  root.setAttribute('data-density', read('density') ?? 'default')
  root.lang = read('language') ?? (navigator.language.startsWith('zh') ? 'zh-CN' : 'en')
})()
