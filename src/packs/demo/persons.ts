// Invented names of people, with the pinyin of their mail addresses, and what they do at a customer.
import type { Chance } from './chance.ts'

const surnames: readonly [string, string, number][] = [
  ['王', 'wang', 9],
  ['李', 'li', 9],
  ['张', 'zhang', 8],
  ['刘', 'liu', 6],
  ['陈', 'chen', 7],
  ['杨', 'yang', 4],
  ['赵', 'zhao', 4],
  ['黄', 'huang', 4],
  ['周', 'zhou', 4],
  ['吴', 'wu', 4],
  ['徐', 'xu', 3],
  ['孙', 'sun', 3],
  ['胡', 'hu', 2],
  ['朱', 'zhu', 2],
  ['高', 'gao', 2],
  ['林', 'lin', 2],
  ['何', 'he', 2],
  ['郭', 'guo', 2],
  ['马', 'ma', 2],
  ['罗', 'luo', 2],
  ['郑', 'zheng', 2],
  ['谢', 'xie', 2],
  ['宋', 'song', 1],
  ['唐', 'tang', 1],
  ['韩', 'han', 1],
  ['曹', 'cao', 1],
  ['许', 'xu', 1],
  ['邓', 'deng', 1],
  ['冯', 'feng', 1],
  ['曾', 'zeng', 1],
  ['单', 'shan', 1],
  ['仇', 'qiu', 1],
  ['解', 'xie', 1],
  ['上官', 'shangguan', 1],
  ['司徒', 'situ', 1],
]
const givens: readonly [string, string][] = [
  ['明远', 'mingyuan'],
  ['思敏', 'simin'],
  ['建国', 'jianguo'],
  ['雅琴', 'yaqin'],
  ['志强', 'zhiqiang'],
  ['婷', 'ting'],
  ['晓峰', 'xiaofeng'],
  ['丽华', 'lihua'],
  ['俊', 'jun'],
  ['海燕', 'haiyan'],
  ['文博', 'wenbo'],
  ['佳怡', 'jiayi'],
  ['永康', 'yongkang'],
  ['静', 'jing'],
  ['立群', 'liqun'],
  ['春梅', 'chunmei'],
  ['子轩', 'zixuan'],
  ['倩', 'qian'],
  ['国栋', 'guodong'],
  ['雪莲', 'xuelian'],
  ['凯', 'kai'],
  ['慧敏', 'huimin'],
  ['浩然', 'haoran'],
  ['玉珍', 'yuzhen'],
  ['鹏飞', 'pengfei'],
  ['晨曦', 'chenxi'],
  ['振华', 'zhenhua'],
  ['美玲', 'meiling'],
  ['锋', 'feng'],
  ['若楠', 'ruonan'],
  ['德明', 'deming'],
  ['巧云', 'qiaoyun'],
  ['嘉伟', 'jiawei'],
  ['素芬', 'sufen'],
  ['跃', 'yue'],
  ['诗涵', 'shihan'],
]

export interface PersonName {
  name: string
  pinyin: string
  /** How one speaks to this person. */
  called: string
}

export function personName(chance: Chance, title: string): PersonName {
  const [family, familyPinyin] = chance.weighted(surnames.map(([a, b, weight]) => [[a, b] as const, weight] as const))
  const [given, givenPinyin] = chance.pick(givens)
  return {
    name: family + given,
    pinyin: givenPinyin + familyPinyin,
    called: family + (/[总董长]/.test(title) ? '总' : /(经理|主任|主管)/.test(title) ? '经理' : chance.percent(50) ? '工' : '老师'),
  }
}

export const positions: readonly (readonly [string, string, readonly string[], number])[] = [
  ['总经理', '总经办', ['decision'], 16],
  ['副总经理', '总经办', ['decision', 'influencer'], 8],
  ['市场总监', '市场部', ['decision', 'project'], 10],
  ['市场经理', '市场部', ['project'], 20],
  ['品牌主管', '品牌部', ['project', 'user'], 10],
  ['会展专员', '市场部', ['user'], 12],
  ['采购经理', '采购部', ['purchasing'], 9],
  ['财务经理', '财务部', ['finance'], 7],
  ['技术总监', '技术部', ['technical'], 5],
  ['行政主管', '行政部', ['gatekeeper'], 4],
]
