// The product as it is measured: its own packs and one object of ten plain fields, whose import shows what the way through the door costs.
import { boolean, choice, date, email, money, number, phone, string, url, user } from '../../model/field.ts'
import { object } from '../../model/object.ts'
import { pack } from '../../model/pack.ts'
import { text } from '../../model/text.ts'
import { crm } from '../../packs/crm/index.ts'
import { type Product, product } from '../product.ts'

export const tenFields = object('benchItem', {
  label: text('Item', '样品'),
  title: 'name',
  fields: {
    name: string({ label: text('Name', '名称'), required: true, search: true }),
    kind: choice({ small: text('Small', '小'), large: text('Large', '大') }, { label: text('Kind', '类别') }),
    quantity: number({ label: text('Quantity', '数量') }),
    price: money({ label: text('Price', '单价') }),
    madeOn: date({ label: text('Made on', '生产日期') }),
    sold: boolean({ label: text('Sold', '已售'), default: false }),
    phone: phone({ label: text('Phone', '电话') }),
    email: email({ label: text('E-mail', '邮箱') }),
    website: url({ label: text('Website', '网址') }),
    owner: user({ label: text('Owner', '负责人'), reverse: 'benchItems' }),
  },
  views: { list: ['name', 'kind', 'quantity', 'price', 'madeOn', 'owner'] },
})

const bench = pack('bench', { label: text('Benchmark', '基准'), dependsOn: ['core'], objects: [tenFields] })

export const benchProduct: Product = {
  ...product,
  packs: [...product.packs, ...(product.packs.includes(crm) ? [] : [crm]), bench],
  samples: {},
}
