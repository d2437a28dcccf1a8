// The documentation as a page: drawn on the server from the OpenAPI document, without a script.
import type { WireField, WireModel } from '../../model/api.ts'
import { problems } from '../../model/problem.ts'
import { type Language, say } from '../../model/text.ts'
import { serverProblems } from '../problems.ts'

type Json = Record<string, unknown>
interface Operation {
  method: string
  path: string
  summary: string
  tags: string[]
  parameters: Json[]
  requestBody?: { content: Record<string, { schema?: Json }> }
  responses: Record<string, { description?: string; content?: Record<string, { schema?: Json }> }>
}

/** The whole page. Labels that administrators wrote stand in it as text, never as HTML. */
export function docsPage(document: Json, model: WireModel | null, language: Language): string {
  const words = language === 'en' ? english : chinese
  const operations = operationsOf(document).filter((one) => !one.tags.some((tag) => model && Object.hasOwn(model.objects, tag)))
  const tags = (document.tags as { name: string; description: string }[]).filter((tag) =>
    operations.some((one) => one.tags.includes(tag.name)),
  )
  const objects = Object.values(model?.objects ?? {})
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Zhanggui 掌柜 · API</title><style>${style}</style></head>
<body><nav><a href="#top"><b>掌柜 API</b></a>${tags.map((tag) => `<a href="#tag-${slug(tag.name)}">${escaped(tag.description)}</a>`).join('')}${objects.length > 0 ? `<a href="#objects">${words.objects}</a>` : ''}<a href="#problems">${words.problems}</a><a href="/api/v1/openapi.json">openapi.json</a></nav>
<main id="top"><h1>Zhanggui 掌柜 API</h1>${words.introduction}${model ? '' : `<p class="note">${words.signIn}</p>`}
${tags
  .map(
    (tag) =>
      `<section id="tag-${slug(tag.name)}"><h2>${escaped(tag.description)}</h2>${operations
        .filter((one) => one.tags.includes(tag.name))
        .map((one) => operationHtml(one, words))
        .join('')}</section>`,
  )
  .join('\n')}
${objects.length > 0 ? `<section id="objects"><h2>${words.objects}</h2>${objects.map((object) => `<details id="object-${slug(object.name)}"><summary><code>${escaped(object.name)}</code> ${escaped(say(object.label, language))}</summary>${fieldsHtml(Object.values(object.fields), language, words)}${actionsHtml(model as WireModel, object.name, language, words)}</details>`).join('')}</section>` : ''}
<section id="problems"><h2>${words.problems}</h2><table><tr><th>code</th><th>${words.status}</th><th>${words.meaning}</th></tr>${problemRows(language)}</table></section>
</main></body></html>`
}

function operationsOf(document: Json): Operation[] {
  return Object.entries(document.paths as Record<string, Json>).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => method !== 'parameters')
      .map(
        ([method, operation]) => ({ method: method.toUpperCase(), path, parameters: [], ...(operation as object) }) as unknown as Operation,
      ),
  )
}

function operationHtml({ method, path, summary, parameters, requestBody, responses }: Operation, words: Words): string {
  const shown = parameters.filter((one) => one.name !== undefined)
  const rows = shown.map(
    (one) =>
      `<tr><td><code>${escaped(String(one.name))}</code></td><td>${escaped(String(one.in))}</td><td>${escaped(kindOf(one.schema as Json))}</td><td>${escaped(String(one.description ?? ''))}</td></tr>`,
  )
  const bodies = Object.entries(requestBody?.content ?? {}).map(
    ([type, { schema }]) =>
      `<h4>${words.body} <small>${escaped(type)}</small></h4><pre>${escaped(JSON.stringify(schema ?? {}, null, 2))}</pre>`,
  )
  const [status = '', good] = Object.entries(responses)[0] ?? []
  const answers = Object.entries(good?.content ?? {}).map(
    ([type, { schema }]) =>
      `<h4>${words.answer} ${escaped(status)} <small>${escaped(type)}</small></h4>${schema ? `<pre>${escaped(JSON.stringify(schema, null, 2))}</pre>` : ''}`,
  )
  return `<details><summary><b class="${method.toLowerCase()}">${method}</b> <code>${escaped(path)}</code> <span>${escaped(summary)}</span></summary>${rows.length > 0 ? `<table>${rows.join('')}</table>` : ''}${bodies.join('')}${answers.join('')}</details>`
}

const kindOf = (schema: Json | undefined): string => (Array.isArray(schema?.enum) ? schema.enum.join(' | ') : String(schema?.type ?? ''))

function fieldsHtml(fields: readonly WireField[], language: Language, words: Words): string {
  const rows = fields.map((field) => {
    const notes = [
      field.required ? words.required : '',
      field.unique ? words.unique : '',
      field.may === 'write' ? '' : field.may === 'masked' ? words.masked : words.readonly,
      field.to ? `→ ${field.to}` : '',
      field.options ? Object.keys(field.options).slice(0, 30).join(' | ') : '',
    ]
    return `<tr><td><code>${escaped(field.name)}</code></td><td>${escaped(say(field.label, language))}</td><td>${escaped(field.type)}</td><td>${escaped(notes.filter(Boolean).join(', '))}</td></tr>`
  })
  return `<table>${rows.join('')}</table>`
}

function actionsHtml(model: WireModel, object: string, language: Language, words: Words): string {
  const actions = Object.values(model.actions).filter((action) => action.object === object)
  if (actions.length === 0) return ''
  const rows = actions.map(
    (action) =>
      `<tr><td><code>${escaped(action.name)}</code></td><td>${escaped(say(action.label, language))}</td><td>${escaped(Object.keys(action.input).join(', '))}</td></tr>`,
  )
  return `<h4>${words.actions}</h4><table>${rows.join('')}</table>`
}

const problemRows = (language: Language): string =>
  Object.entries({ ...problems, ...serverProblems })
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, { status, say: what, ...rest }]) => {
      const cure = 'cure' in rest && rest.cure ? ` ${template(rest.cure, language)}` : ''
      return `<tr id="problem-${escaped(code)}"><td><code>${escaped(code)}</code></td><td>${status}</td><td>${escaped(template(what, language) + cure)}</td></tr>`
    })
    .join('')

// The places for values stay visible.
const template = (what: { en: string; zh: string }, language: Language): string => (language === 'en' ? what.en : what.zh)
const slug = (name: string): string => encodeURIComponent(name.toLowerCase().replace(/\W+/g, '-'))
const escaped = (given: string): string => given.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`)

const english = {
  objects: 'Objects',
  problems: 'Refusals',
  actions: 'Actions',
  status: 'Status',
  meaning: 'Meaning',
  body: 'Body',
  answer: 'Answer',
  required: 'required',
  unique: 'unique',
  readonly: 'read only',
  masked: 'masked',
  signIn: 'Sign in to see your own objects and their fields here.',
  introduction: `<p>Base <code>/api/v1</code>, JSON in UTF-8. Answers stand in <code>data</code>; refusals are RFC 9457 problems with <code>code</code>, <code>title</code>, <code>detail</code> and, for input, <code>errors</code>. <code>Accept-Language: zh-CN</code> or <code>en</code> decides labels and messages.</p>
<pre>curl -H 'Authorization: Bearer zg_…' 'https://your.host/api/v1/records/account?filter={"grade":"A"}&amp;sort=-createdAt&amp;limit=20'</pre>
<p>Money is <code>{"amount":"1234.50","currency":"CNY"}</code>, numbers are decimal strings, days <code>YYYY-MM-DD</code>, moments RFC 3339 in UTC, references ids or, expanded, <code>{"id","title"}</code>. A record carries <code>version</code>; <code>If-Match: "3"</code> refuses a change on another one with 412. <code>Idempotency-Key</code> on a POST makes it safe to repeat for 24 hours. Pages go on with <code>after=page.next</code>.</p>
<p>Filters: <code>{"grade":"A","amount":{"gte":"1000"},"name":{"contains":"外贸"},"account.industry":{"in":["retail"]},"or":[…],"not":{…}}</code>. Operators: <code>eq ne lt lte gt gte in notIn contains startsWith isNull between</code>; spans such as <code>{"closeOn":{"in":"thisMonth"}}</code>; <code>me</code> and <code>myTeam</code> for users; <code>some</code> and <code>none</code> for what refers here.</p>`,
}
type Words = typeof english
const chinese: Words = {
  objects: '对象',
  problems: '错误代码',
  actions: '操作',
  status: '状态',
  meaning: '含义',
  body: '请求体',
  answer: '结果',
  required: '必填',
  unique: '唯一',
  readonly: '只读',
  masked: '脱敏',
  signIn: '登录后可在此查看您的对象和字段。',
  introduction: `<p>基址 <code>/api/v1</code>，JSON，UTF-8。结果在 <code>data</code> 中；错误为 RFC 9457 格式，含 <code>code</code>、<code>title</code>、<code>detail</code>，输入错误另有 <code>errors</code>。<code>Accept-Language: zh-CN</code> 或 <code>en</code> 决定语言。</p>
<pre>curl -H 'Authorization: Bearer zg_…' 'https://your.host/api/v1/records/account?filter={"grade":"A"}&amp;sort=-createdAt&amp;limit=20'</pre>
<p>金额为 <code>{"amount":"1234.50","currency":"CNY"}</code>，数字为十进制字符串，日期 <code>YYYY-MM-DD</code>，时间为 UTC 的 RFC 3339，引用为 id，展开后为 <code>{"id","title"}</code>。记录带 <code>version</code>；<code>If-Match: "3"</code> 在版本不符时以 412 拒绝。POST 带 <code>Idempotency-Key</code> 可在 24 小时内安全重试。翻页用 <code>after=page.next</code>。</p>
<p>筛选：<code>{"grade":"A","amount":{"gte":"1000"},"name":{"contains":"外贸"},"account.industry":{"in":["retail"]},"or":[…],"not":{…}}</code>。运算符：<code>eq ne lt lte gt gte in notIn contains startsWith isNull between</code>；时间段如 <code>{"closeOn":{"in":"thisMonth"}}</code>；用户可用 <code>me</code>、<code>myTeam</code>；被引用方用 <code>some</code>、<code>none</code>。</p>`,
}

const style = `
:root{color-scheme:light dark;--line:#d8d4cc;--soft:#f6f4f0;--text:#26231e;--dim:#6b655b;--page:#fffefb}
@media (prefers-color-scheme:dark){:root{--line:#3a3631;--soft:#24211d;--text:#ece7df;--dim:#a39c90;--page:#1a1815}}
*{box-sizing:border-box}body{margin:0;font:15px/1.6 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;color:var(--text);background:var(--page);display:flex}
nav{position:sticky;top:0;height:100vh;overflow:auto;width:220px;flex:none;padding:20px 16px;border-right:1px solid var(--line);display:flex;flex-direction:column;gap:8px}
nav a{color:inherit;text-decoration:none}nav a:hover{text-decoration:underline}
main{padding:20px 32px;max-width:1000px;width:100%;min-width:0}h2{margin-top:40px;border-bottom:1px solid var(--line);padding-bottom:4px}
details{border-bottom:1px solid var(--line);padding:6px 0}summary{cursor:pointer;overflow-wrap:anywhere}summary span{color:var(--dim)}
pre{background:var(--soft);padding:12px;overflow:auto;border-radius:6px;font-size:13px}code{font:13px ui-monospace,Consolas,monospace}
table{border-collapse:collapse;width:100%;font-size:14px}td,th{text-align:left;vertical-align:top;padding:4px 12px 4px 0;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
b.get{color:#2a7f62}b.post{color:#4a5fb0}b.patch,b.put{color:#a5701c}b.delete{color:#b4412f}.note{background:var(--soft);padding:8px 12px;border-radius:6px}
@media (max-width:700px){body{display:block}nav{position:static;height:auto;width:auto;border:0}main{padding:12px 16px}}`
