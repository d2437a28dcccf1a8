// 产品: what we sell, hung into a catalog of any depth (QUO-01).
import { boolean, choice, files, image, longText, money, number, reference, references, string } from '../../model/field.ts'
import { object } from '../../model/object.ts'
import { text } from '../../model/text.ts'

export const productCategory = object('productCategory', {
  label: text('Catalog', '产品目录'),
  plural: text('Catalog', '产品目录'),
  icon: 'hierarchy',
  title: 'name',
  hint: ['parent'],
  fields: {
    name: string({ label: text('Name', '名称'), required: true, search: 'pinyin' }),
    code: string({ label: text('Code', '编码'), maxLength: 60, unique: true }),
    parent: reference('productCategory', { label: text('Above', '上级目录'), onDelete: 'restrict', reverse: 'below' }),
    position: number({ label: text('Order', '顺序'), default: '0' }),
    description: longText({ label: text('Notes', '说明') }),
  },
  views: { list: ['name', 'code', 'parent'], sort: 'position,name' },
})

export const product = object('product', {
  label: text('Product', '产品'),
  plural: text('Products', '产品'),
  icon: 'package',
  title: 'name',
  hint: ['code', 'category', 'price'],
  fields: {
    name: string({ label: text('Name', '产品名称'), required: true, search: 'pinyin' }),
    code: string({ label: text('Code', '产品编码'), maxLength: 60, unique: true, search: true }),
    category: choice(
      {},
      {
        label: text('Category', '类别'),
        help: text('The name of its place in the catalog', '在产品目录中的名称'),
        open: true,
        index: true,
      },
    ),
    catalog: reference('productCategory', { label: text('Place in the catalog', '产品目录'), onDelete: 'restrict', reverse: 'products' }),
    specification: string({ label: text('Specification', '规格'), maxLength: 500 }),
    model: string({ label: text('Model', '型号'), maxLength: 120, search: true }),
    unit: string({ label: text('Unit', '单位'), maxLength: 30 }),
    price: money({ label: text('Price', '单价'), min: '0' }),
    minimumQuantity: number({ label: text('Minimum quantity', '起订量'), scale: 2, min: '0' }),
    stock: number({ label: text('Stock', '库存'), scale: 2 }),
    salesPolicy: longText({ label: text('Sales policy', '销售政策') }),
    salesText: longText({ label: text('Sales text', '销售话术') }),
    picture: image({ label: text('Picture', '图片') }),
    documents: files({ label: text('Documents', '资料') }),
    competitors: references('competitorProduct', { label: text('Competing products', '竞品') }),
    active: boolean({ label: text('On sale', '在售'), default: true }),
    description: longText({ label: text('Notes', '说明') }),
  },
  views: {
    list: ['name', 'code', 'category', 'specification', 'unit', 'price', 'active'],
    sort: 'name',
    lists: [{ name: 'onSale', label: text('On sale', '在售'), filter: { active: true }, sort: 'name' }],
  },
  layout: [
    {
      name: 'basic',
      label: text('Basics', '基本信息'),
      fields: [
        'name',
        'code',
        'category',
        'catalog',
        'specification',
        'model',
        'unit',
        'price',
        'minimumQuantity',
        'stock',
        'active',
        'picture',
      ],
    },
    { name: 'sales', label: text('Selling', '销售资料'), fields: ['salesPolicy', 'salesText', 'documents', 'competitors', 'description'] },
    { name: 'custom', label: text('Own fields', '自定义'), fields: [] },
  ],
})
