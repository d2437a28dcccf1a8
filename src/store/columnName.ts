// A name that tables can carry, proposed from what people call a thing: 车牌 → che_pai.
import { pinyin } from 'pinyin-pro'

/** Small letters, digits and underscores, at most 40; empty when nothing of it can be written so. */
export function columnNameFrom(label: string): string {
  const latin = label.replace(/[\p{Script=Han}]+/gu, (han) => ` ${pinyin(han, { toneType: 'none', type: 'array' }).join(' ')} `)
  return latin
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 40)
}
