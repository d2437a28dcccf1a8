// The lists by which customers are told apart: several independent classifications at once (CUS-02). Open ones take what an import brings.
import { text } from '../../model/text.ts'

/** A needs much and soon, B has the idea, C is latent (CUS-07). */
export const grades = {
  A: { label: text('A', 'A'), colour: 'cinnabar' },
  B: { label: text('B', 'B'), colour: 'ochre' },
  C: { label: text('C', 'C'), colour: 'stone' },
} as const

export const industries = {
  manufacturing: text('Manufacturing', '制造业'),
  machinery: text('Machinery and equipment', '机械设备'),
  logistics: text('Logistics and warehousing', '物流仓储'),
  electronics: text('Electronics', '电子'),
  automotive: text('Automotive', '汽车'),
  chemicals: text('Chemicals', '化工'),
  construction: text('Construction', '建筑'),
  realEstate: text('Real estate', '房地产'),
  retail: text('Retail', '零售'),
  wholesale: text('Wholesale and trade', '批发贸易'),
  foodDrink: text('Food and drink', '食品饮料'),
  pets: text('Pets', '宠物'),
  medical: text('Medical', '医疗健康'),
  pharma: text('Pharmaceuticals', '医药'),
  education: text('Education', '教育'),
  finance: text('Finance', '金融'),
  software: text('Software and internet', '软件与互联网'),
  telecom: text('Telecommunications', '通信'),
  media: text('Media and advertising', '传媒广告'),
  exhibition: text('Exhibitions and events', '会展'),
  hospitality: text('Hotels and travel', '酒店旅游'),
  energy: text('Energy', '能源'),
  agriculture: text('Agriculture', '农业'),
  government: text('Government', '政府'),
  association: text('Association', '协会'),
  otherIndustry: text('Other', '其他'),
} as const

export const regions = {
  eastChina: text('East China', '华东'),
  southChina: text('South China', '华南'),
  northChina: text('North China', '华北'),
  centralChina: text('Central China', '华中'),
  northEastChina: text('North-east China', '东北'),
  southWestChina: text('South-west China', '西南'),
  northWestChina: text('North-west China', '西北'),
  hongKongMacauTaiwan: text('Hong Kong, Macau, Taiwan', '港澳台'),
  asia: text('Asia', '亚洲'),
  europe: text('Europe', '欧洲'),
  northAmerica: text('North America', '北美'),
  southAmerica: text('South America', '南美'),
  middleEast: text('Middle East', '中东'),
  africa: text('Africa', '非洲'),
  oceania: text('Oceania', '大洋洲'),
} as const

/** Where customers and leads come from (CUS-20). */
export const sources = {
  inquiryMail: text('Inquiry mail', '询盘邮件'),
  webForm: text('Web form', '官网表单'),
  tradeFair: text('Trade fair', '展会现场'),
  exhibitionVisit: text('Exhibition visit', '观展'),
  pastExhibitor: text('Exhibitor of the last edition', '上届展商'),
  telemarketing: text('Telemarketing', '电话拓展'),
  seminar: text('Seminar or roadshow', '研讨会/路演'),
  tradePress: text('Trade press', '行业媒体'),
  internet: text('Internet', '互联网'),
  association: text('Trade association', '行业协会'),
  mallBrandList: text('Brand list of a mall', '商场品牌名录'),
  partner: text('Introduced by a partner', '合作伙伴介绍'),
  referral: text('Referred by a customer', '老客户转介绍'),
  walkIn: text('Walk-in', '自主到访'),
  hotline: text('Hotline', '自主来电'),
  service: text('Need found in service', '服务中发现的需求'),
  otherSource: text('Other', '其他'),
} as const

/** What the caller of a call list notes (look of the call list: keys 1 to 8). */
export const callResults = {
  interested: { label: text('Reached: interested', '接通-有意向'), colour: 'bamboo' },
  wantsMaterial: { label: text('Reached: wants material', '接通-要资料'), colour: 'teal' },
  wantsDesign: { label: text('Reached: wants a design', '接通-要设计'), colour: 'teal' },
  refused: { label: text('Refused', '拒绝'), colour: 'cinnabar' },
  noAnswer: { label: text('No answer', '无人接听'), colour: 'stone' },
  deadNumber: { label: text('Number does not exist', '空号'), colour: 'stone' },
  rescheduled: { label: text('Call again later', '改约'), colour: 'ochre' },
  passedOn: { label: text('Passed to sales', '转给业务员'), colour: 'indigo' },
} as const
