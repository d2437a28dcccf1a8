// 标签: classified labels with a definition, a source and a validity (SAL-23); they choose the lists of campaigns (SAL-24).
import { boolean, choice, choices, date, json, longText, string, user } from '../../model/field.ts'
import { object } from '../../model/object.ts'
import { text } from '../../model/text.ts'

export const tag = object('tag', {
  label: text('Tag', '标签'),
  plural: text('Tags', '标签'),
  icon: 'tag',
  title: 'name',
  hint: ['group'],
  fields: {
    name: string({ label: text('Name', '名称'), required: true, unique: true, maxLength: 60, search: 'pinyin' }),
    group: choice(
      {
        behaviour: { label: text('Customer behaviour', '客户行为'), colour: 'indigo' },
        product: { label: text('Product operation', '产品运营'), colour: 'teal' },
        marketing: { label: text('Marketing and service', '营销服务'), colour: 'ochre' },
        channel: { label: text('Channel management', '渠道管理'), colour: 'plum' },
        competition: { label: text('Competitor study', '竞争研究'), colour: 'cinnabar' },
      },
      { label: text('First-level group', '一级分类'), required: true },
    ),
    definition: longText({ label: text('Definition', '定义') }),
    kind: choice(
      { manual: text('By hand', '手工'), rule: text('By rule', '规则') },
      { label: text('Source', '来源方式'), required: true, default: 'manual' },
    ),
    filter: json({
      label: text('Rule', '规则'),
      help: text('A filter of accounts; those who match carry the tag from the next night on', '客户筛选条件，符合者次日自动打标'),
      requiredWhen: 'kind == "rule"',
      visibleWhen: 'kind == "rule"',
    }),
    appliesTo: choices(
      { account: text('Accounts', '客户'), lead: text('Leads', '线索'), opportunity: text('Opportunities', '商机') },
      { label: text('For', '适用对象'), default: ['account'] },
    ),
    colour: choice(
      {
        stone: { label: text('Stone', '石'), colour: 'stone' },
        indigo: { label: text('Indigo', '靛'), colour: 'indigo' },
        teal: { label: text('Teal', '青'), colour: 'teal' },
        bamboo: { label: text('Bamboo', '竹'), colour: 'bamboo' },
        ochre: { label: text('Ochre', '赭'), colour: 'ochre' },
        orange: { label: text('Orange', '橙'), colour: 'orange' },
        cinnabar: { label: text('Cinnabar', '朱'), colour: 'cinnabar' },
        plum: { label: text('Plum', '梅'), colour: 'plum' },
      },
      { label: text('Colour', '颜色'), default: 'stone' },
    ),
    owner: user({ label: text('Owner', '维护人'), onDelete: 'clear', reverse: 'tags' }),
    validFrom: date({ label: text('Valid from', '生效日') }),
    validUntil: date({ label: text('Valid until', '失效日') }),
    active: boolean({ label: text('In use', '启用'), default: true }),
  },
  views: { list: ['name', 'group', 'kind', 'validFrom', 'validUntil', 'active'], sort: 'group,name' },
})
