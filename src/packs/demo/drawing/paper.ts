// One-page papers: a PDF with lines of text in any script (readers bring the Chinese font themselves), and a vector picture.

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] as string)

/** A4 with a head, a rule and lines below. Text is written as UTF-16 for the standard Chinese font of PDF readers. */
export function pdf(head: string, lines: readonly string[]): Uint8Array {
  const show = (text: string, x: number, y: number, size: number): string => `BT /F1 ${size} Tf ${x} ${y} Td <${utf16(text)}> Tj ET`
  const content = [
    '0.17 0.30 0.53 rg 40 790 515 2 re f 0 0 0 rg',
    show(head, 40, 802, 18),
    ...lines.map((line, i) => show(line, 40, 760 - i * 22, 11)),
    show('远岚会展贸易有限公司（演示）  Yuanlan Expo & Trade Co., Ltd. (demo)', 40, 40, 9),
  ].join('\n')
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >> /Contents 7 0 R >>',
    '<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H /DescendantFonts [5 0 R] >>',
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 5 >> /FontDescriptor 6 0 R /DW 1000 /W [1 95 500] >>',
    '<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
  ]
  let file = '%PDF-1.4\n'
  const offsets = objects.map((object, i) => {
    const at = file.length
    file += `${i + 1} 0 obj\n${object}\nendobj\n`
    return at
  })
  const table = file.length
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`
  return new TextEncoder().encode(file)
}

const utf16 = (text: string): string =>
  Array.from({ length: text.length }, (_, i) => text.charCodeAt(i).toString(16).padStart(4, '0')).join('')

/** A poster as a vector picture. */
export function poster(title: string, lines: readonly string[]): Uint8Array {
  const rows = lines.map((line, i) => `<text x="60" y="${420 + i * 52}" font-size="30" fill="#1D2126">${escaped(line)}</text>`).join('')
  return new TextEncoder().encode(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 1100" width="800" height="1100"><rect width="800" height="1100" fill="#F7F5F0"/><rect width="24" height="1100" fill="#2B4C86"/><g fill="none" stroke="#2B4C86" stroke-width="3">${Array.from({ length: 9 }, (_, i) => `<rect x="${60 + i * 76}" y="${170 - (i % 3) * 28}" width="64" height="${90 + (i % 3) * 28}"/>`).join('')}</g><text x="60" y="350" font-size="52" font-weight="600" fill="#2B4C86">${escaped(title)}</text>${rows}<rect x="620" y="960" width="120" height="60" rx="6" fill="none" stroke="#B0372A" stroke-width="3"/><text x="640" y="1000" font-size="28" fill="#B0372A">远岚</text></svg>`,
  )
}
