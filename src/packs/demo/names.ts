// Invented companies, streets, and the cities they are in. Brands are made of rare characters, so that they are nobody's.
import type { Chance } from './chance.ts'

export interface City {
  name: string
  province: string
  areaCode: string
  region: string
  districts: readonly string[]
}

const city = (name: string, province: string, areaCode: string, region: string, ...districts: string[]): City => ({
  name,
  province,
  areaCode,
  region,
  districts,
})

/** With the weight by which customers come from there. */
export const cities: readonly (readonly [City, number])[] = [
  [city('上海', '上海市', '021', 'eastChina', '闵行区', '嘉定区', '松江区', '青浦区'), 16],
  [city('苏州', '江苏省', '0512', 'eastChina', '工业园区', '吴中区', '相城区'), 14],
  [city('宁波', '浙江省', '0574', 'eastChina', '北仑区', '鄞州区', '镇海区'), 12],
  [city('杭州', '浙江省', '0571', 'eastChina', '萧山区', '余杭区', '滨江区'), 11],
  [city('无锡', '江苏省', '0510', 'eastChina', '新吴区', '惠山区'), 8],
  [city('南京', '江苏省', '025', 'eastChina', '江宁区', '浦口区'), 7],
  [city('合肥', '安徽省', '0551', 'eastChina', '蜀山区', '肥西县'), 7],
  [city('常州', '江苏省', '0519', 'eastChina', '武进区', '新北区'), 6],
  [city('嘉兴', '浙江省', '0573', 'eastChina', '南湖区', '海宁市'), 5],
  [city('青岛', '山东省', '0532', 'eastChina', '城阳区', '黄岛区'), 6],
  [city('济南', '山东省', '0531', 'eastChina', '历城区', '章丘区'), 4],
  [city('厦门', '福建省', '0592', 'eastChina', '集美区', '海沧区'), 4],
  [city('广州', '广东省', '020', 'southChina', '番禺区', '黄埔区', '白云区'), 9],
  [city('深圳', '广东省', '0755', 'southChina', '宝安区', '龙岗区', '光明区'), 9],
  [city('东莞', '广东省', '0769', 'southChina', '松山湖', '厚街镇'), 5],
  [city('佛山', '广东省', '0757', 'southChina', '顺德区', '南海区'), 4],
  [city('武汉', '湖北省', '027', 'centralChina', '江夏区', '东西湖区'), 5],
  [city('长沙', '湖南省', '0731', 'centralChina', '望城区', '雨花区'), 4],
  [city('郑州', '河南省', '0371', 'centralChina', '中牟县', '经开区'), 4],
  [city('天津', '天津市', '022', 'northChina', '西青区', '武清区'), 4],
  [city('北京', '北京市', '010', 'northChina', '大兴区', '顺义区'), 5],
  [city('石家庄', '河北省', '0311', 'northChina', '鹿泉区', '藁城区'), 2],
  [city('成都', '四川省', '028', 'southWestChina', '双流区', '郫都区'), 5],
  [city('重庆', '重庆市', '023', 'southWestChina', '渝北区', '璧山区'), 4],
  [city('西安', '陕西省', '029', 'northWestChina', '高陵区', '灞桥区'), 3],
  [city('沈阳', '辽宁省', '024', 'northEastChina', '铁西区', '沈北新区'), 3],
  [city('大连', '辽宁省', '0411', 'northEastChina', '甘井子区', '金州区'), 2],
]

export const cityNamed = (name: string): City => cities.find(([one]) => one.name === name)![0]

const firsts: readonly [string, string][] = [
  ['栩', 'xu'],
  ['砚', 'yan'],
  ['蘅', 'heng'],
  ['汀', 'ting'],
  ['沅', 'yuan'],
  ['筠', 'yun'],
  ['霁', 'ji'],
  ['昀', 'yun'],
  ['珩', 'heng'],
  ['翎', 'ling'],
  ['澍', 'shu'],
  ['桓', 'huan'],
  ['朔', 'shuo'],
  ['湛', 'zhan'],
  ['暄', 'xuan'],
  ['峤', 'qiao'],
  ['珂', 'ke'],
  ['斐', 'fei'],
  ['翊', 'yi'],
  ['煦', 'xu'],
  ['郢', 'ying'],
  ['舸', 'ge'],
  ['岑', 'cen'],
  ['漪', 'yi'],
  ['渚', 'zhu'],
  ['隽', 'jun'],
  ['璟', 'jing'],
  ['翮', 'he'],
]
const seconds: readonly [string, string][] = [
  ['枢', 'shu'],
  ['岳', 'yue'],
  ['禾', 'he'],
  ['舟', 'zhou'],
  ['岭', 'ling'],
  ['帆', 'fan'],
  ['川', 'chuan'],
  ['原', 'yuan'],
  ['庐', 'lu'],
  ['阜', 'fu'],
  ['柘', 'zhe'],
  ['垒', 'lei'],
  ['桥', 'qiao'],
  ['陆', 'lu'],
  ['庭', 'ting'],
  ['础', 'chu'],
  ['埠', 'bu'],
  ['屏', 'ping'],
  ['圃', 'pu'],
  ['樾', 'yue'],
  ['砺', 'li'],
  ['笙', 'sheng'],
  ['荻', 'di'],
  ['榕', 'rong'],
  ['桉', 'an'],
  ['岫', 'xiu'],
  ['畴', 'chou'],
  ['津', 'jin'],
]

export interface Brand {
  name: string
  pinyin: string
}

/** Brands of two characters, each once. */
export function brands(chance: Chance, count: number, taken: readonly string[]): Brand[] {
  const all = firsts.flatMap(([a, x]) => seconds.map(([b, y]): Brand => ({ name: a + b, pinyin: x + y })))
  const domains = new Set(taken)
  const found: Brand[] = []
  for (const brand of chance.shuffled(all)) {
    if (domains.has(brand.pinyin)) continue
    domains.add(brand.pinyin)
    found.push(brand)
    if (found.length === count) return found
  }
  throw new Error(`only ${found.length} brands`)
}

/** What a company does, as its name says it and as colleagues shorten it, and its industry. */
export const trades = {
  storage: [
    ['智能装备', '智能', 'machinery'],
    ['物流装备', '物流', 'logistics'],
    ['仓储设备', '仓储', 'logistics'],
    ['自动化科技', '自动化', 'machinery'],
    ['机器人', '机器人', 'machinery'],
    ['叉车', '叉车', 'machinery'],
    ['货架制造', '货架', 'manufacturing'],
    ['输送设备', '输送', 'machinery'],
    ['托盘', '托盘', 'logistics'],
    ['冷链科技', '冷链', 'logistics'],
    ['供应链科技', '供应链', 'software'],
    ['传感技术', '传感', 'electronics'],
    ['包装机械', '包装', 'machinery'],
    ['工业门', '工业门', 'construction'],
  ],
  pets: [
    ['宠物用品', '宠物', 'pets'],
    ['宠物食品', '宠粮', 'foodDrink'],
    ['宠物科技', '宠物', 'pets'],
    ['宠物医疗', '宠医', 'medical'],
    ['生物科技', '生物', 'pharma'],
    ['猫砂', '猫砂', 'pets'],
    ['水族器材', '水族', 'pets'],
  ],
  stands: [
    ['医疗器械', '医疗', 'medical'],
    ['汽车零部件', '汽配', 'automotive'],
    ['新能源', '新能源', 'energy'],
    ['半导体', '半导体', 'electronics'],
    ['家居', '家居', 'retail'],
    ['食品', '食品', 'foodDrink'],
    ['建材', '建材', 'construction'],
    ['软件', '软件', 'software'],
    ['通信技术', '通信', 'telecom'],
    ['农业科技', '农业', 'agriculture'],
    ['文化传媒', '传媒', 'media'],
  ],
} as const

export const legalForms: readonly (readonly [string, string, number])[] = [
  ['有限公司', 'limited', 74],
  ['股份有限公司', 'jointStock', 14],
  ['（集团）有限公司', 'limited', 6],
  ['厂', 'soleTrader', 6],
]

export const streets = [
  '听潮路',
  '云栈路',
  '北塘路',
  '松涧路',
  '星桥路',
  '长圩路',
  '望槐路',
  '金穗路',
  '兴仓路',
  '致远路',
  '汇埠路',
  '青禾路',
  '塔影路',
  '丰年路',
]
