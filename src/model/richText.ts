// Formatted text is kept as HTML of a short list of tags; everything else is dropped on the way in, so no reader needs to trust it.

const allowed = new Set([
  'p',
  'br',
  'strong',
  'b',
  'em',
  'i',
  'u',
  's',
  'ul',
  'ol',
  'li',
  'h1',
  'h2',
  'h3',
  'blockquote',
  'code',
  'pre',
  'a',
  'hr',
])
const dropped = /<(script|style|iframe|object|template|svg|math|textarea|title|noscript|xmp)\b[\s\S]*?(<\/\1\s*>|$)/gi

/** The HTML with only harmless tags, `href` of links alone as attribute and only http, https, mailto and tel targets. */
export function cleanHtml(html: string): string {
  return html
    .replace(/<!--[\s\S]*?(-->|$)/g, '')
    .replace(dropped, '')
    .split(/(<[^<>]*>)/)
    .map((part) => (part.startsWith('<') && part.endsWith('>') ? cleanTag(part) : part.replace(/</g, '&lt;').replace(/>/g, '&gt;')))
    .join('')
}

function cleanTag(tag: string): string {
  const parts = /^<(\/?)([a-zA-Z0-9]+)([\s\S]*?)\/?>$/.exec(tag)
  const name = parts?.[2]?.toLowerCase()
  if (!parts || !name || !allowed.has(name)) return ''
  if (parts[1]) return `</${name}>`
  const target = name === 'a' ? /\shref\s*=\s*("([^"]*)"|'([^']*)')/i.exec(parts[3] ?? '') : null
  const href = target?.[2] ?? target?.[3]
  return href !== undefined && /^(https?:|mailto:|tel:)/i.test(href.trim())
    ? `<a href="${href.trim().replace(/"/g, '&quot;')}" rel="noopener noreferrer">`
    : `<${name}>`
}
