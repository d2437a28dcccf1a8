// The words in company names that do not tell one company from another: legal forms, trades, places. Written folded (simplified, small letters).

/** Legal forms that stand nowhere but as such: taken out wherever they are. */
export const legalPhrases: readonly string[] = [
  '有限责任公司',
  '股份有限公司',
  '有限公司',
  '无限公司',
  '股份公司',
  '普通合伙',
  '有限合伙',
  '特殊普通合伙',
  '合伙企业',
  '个人独资企业',
  '个人独资',
  '个体工商户',
  '个体经营',
  '株式会社',
  '有限会社',
  '合同会社',
  '合资会社',
  '주식회사',
  '유한회사',
]

/** Legal forms and company words at the end of a Chinese name, taken off one after the other. */
export const legalEndings: readonly string[] = [
  '集团公司',
  '总公司',
  '分公司',
  '子公司',
  '公司',
  '集团',
  '控股',
  '股份',
  '责任',
  '有限',
  '总部',
]

/** Legal forms as words of their own at the end (or the beginning) of a Latin name. */
export const legalWords: ReadonlySet<string> = new Set(
  (
    'co company companies corp corporation inc incorporated ltd limited llc llp lllp lp plc pllc pty pte pvt private public gmbh mbh ug ag kg kgaa ohg ek gbr eg se sa sas sarl sasu eurl snc spa srl srls ' +
    'sl slu sau bv nv vof cv as asa ab aps oy oyj hf ehf kft zrt nyrt sro spol doo dd ad ooo oao zao pao ao tov kk gk yk sdn bhd tbk pt cv jsc pjsc lda ltda eireli sapi de rl cia ' +
    'group holding holdings the und and et y'
  ).split(' '),
)

/** What companies do: many do the same. Taken off only to find what is a company's own in its name. */
export const tradeWords: readonly string[] = (
  '科技 技术 自动化 智能 智慧 信息 网络 软件 电子 电子商务 电气 电器 电力 电机 机械 机电 机器人 设备 装备 仪器 仪表 精密 模具 五金 工具 材料 新材料 塑料 塑胶 橡胶 化工 化学 医药 药业 医疗 医疗器械 生物 生物科技 健康 ' +
  '食品 饮料 酒业 茶业 农业 林业 牧业 渔业 水产 粮油 纺织 服装 服饰 鞋业 家具 家居 家电 建材 建筑 建设 工程 装饰 装潢 装修 设计 园林 房地产 地产 置业 物业 物业管理 物流 运输 货运 货运代理 国际货运代理 航运 供应链 供应链管理 仓储 快递 ' +
  '贸易 商贸 国际贸易 进出口 进出口贸易 外贸 实业 工业 产业 企业 企业管理 管理 管理咨询 咨询 顾问 服务 咨询服务 投资 投资管理 资产管理 资本 金融 融资租赁 租赁 保险 保险代理 保险经纪 证券 基金 典当 担保 拍卖 ' +
  '文化 文化传播 文化传媒 传媒 传播 广告 影视 影业 娱乐 体育 教育 培训 教育科技 旅游 旅行社 国际旅行社 酒店 酒店管理 餐饮 餐饮管理 会展 会展服务 展览 展览展示 展示 展具 展台 展览服务 国际会展 国际展览 会议 会议展览 活动策划 策划 营销 营销策划 公关 礼仪 ' +
  '汽车 汽车销售 汽配 汽车零部件 汽车服务 轮胎 新能源 能源 光伏 太阳能 环保 环境 环境工程 节能 照明 光电 光学 半导体 集成电路 芯片 通信 通讯 数码 数字 数据 大数据 云计算 物联网 互联网 人工智能 系统 系统集成 安防 消防 ' +
  '包装 印刷 印务 纸业 玻璃 陶瓷 钢铁 钢结构 金属 金属制品 铝业 铜业 不锈钢 制品 制造 生产 加工 销售 经营 经营部 经销 商行 商店 商场 商城 超市 百货 购物 连锁 用品 日用品 办公用品 文具 礼品 工艺品 玩具 珠宝 首饰 化妆品 美容 日化 ' +
  '计算机 计算机系统 重工 重机 银行 发展银行 医院 诊所 药房 学校 大学 学院 中学 小学 幼儿园 器材 展示器材 连锁店 专卖店 旗舰店 体验店 餐厅 饭店 宾馆 咖啡 茶楼 研究院 研究所 设计院 事务所 律师事务所 会计师事务所 工作室 中心 俱乐部 协会 商会 学会 基金会 厂 国际 世界 环球 全球 发展 开发 创新 创业 孵化器 服务部 门市部 办事处 代表处'
)
  .split(' ')
  .sort((a, b) => b.length - a.length)

/** The same in Latin names, as words of their own. */
export const tradeWordsLatin: ReadonlySet<string> = new Set(
  (
    'technology technologies tech automation intelligent smart information network networks software systems system electronics electronic electric electrical power machinery mechanical equipment devices instruments ' +
    'precision materials material plastics plastic chemical chemicals pharmaceutical pharma medical bio biotech health foods food beverage agriculture textile textiles garments furniture home construction building ' +
    'engineering decoration design logistics freight shipping transport supply chain trading trade traders import export importers exporters industry industries industrial enterprise enterprises management consulting ' +
    'consultants service services solutions investment investments capital finance financial insurance securities fund culture media communication communications advertising entertainment sports education training travel ' +
    'tourism hotel hotels catering exhibition exhibitions expo events event conference marketing auto automotive motors energy solar environmental lighting optics semiconductor digital data cloud packaging printing paper ' +
    'glass steel metal metals products manufacturing manufacture manufacturers sales international global world development innovation works studio center centre institute association of for'
  ).split(' '),
)

/** Provinces, municipalities, cities and the larger counties, without 省 市 县. Taken off at both ends of a name, and compared. */
export const places: readonly string[] = (
  '中国 北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 内蒙古 广西 西藏 宁夏 新疆 香港 澳门 台湾 ' +
  '石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水 太原 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁 呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布 ' +
  '沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 朝阳 葫芦岛 长春 四平 辽源 通化 白山 松原 白城 延边 哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 七台河 牡丹江 黑河 绥化 ' +
  '南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁 昆山 江阴 张家港 常熟 太仓 宜兴 吴江 启东 如皋 海门 丹阳 靖江 邳州 新沂 溧阳 ' +
  '杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水 义乌 慈溪 余姚 海宁 桐乡 诸暨 永康 乐清 瑞安 东阳 温岭 平湖 萧山 余杭 ' +
  '合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 池州 宣城 福州 厦门 莆田 三明 泉州 漳州 南平 龙岩 宁德 晋江 石狮 福清 ' +
  '南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春 抚州 上饶 济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 莱芜 临沂 德州 聊城 滨州 菏泽 胶州 寿光 ' +
  '郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店 武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 恩施 仙桃 潜江 ' +
  '长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底 湘西 广州 韶关 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源 阳江 清远 东莞 中山 潮州 揭阳 云浮 顺德 南海 番禺 ' +
  '南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾 崇左 海口 三亚 三沙 儋州 成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳 ' +
  '贵阳 六盘水 遵义 安顺 毕节 铜仁 昆明 曲靖 玉溪 保山 昭通 丽江 普洱 临沧 楚雄 红河 文山 西双版纳 大理 德宏 拉萨 日喀则 西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康 商洛 ' +
  '兰州 嘉峪关 金昌 白银 天水 武威 张掖 平凉 酒泉 庆阳 定西 陇南 西宁 海东 银川 石嘴山 吴忠 固原 中卫 乌鲁木齐 克拉玛依 吐鲁番 哈密 喀什 石河子 台北 高雄 台中 台南 新北 桃园 新竹 ' +
  '浦东 虹桥 松江 嘉定 青浦 闵行 宝山 奉贤 崇明 海淀 西城 东城 丰台 通州 大兴 顺义 昌平 滨海 雄安 前海 横琴 两江'
)
  .split(' ')
  .sort((a, b) => b.length - a.length)

/** What may follow a place in a name. */
export const placeEndings: readonly string[] = [
  '工业园区',
  '经济技术开发区',
  '高新技术产业开发区',
  '经济开发区',
  '高新区',
  '开发区',
  '自治区',
  '特别行政区',
  '新区',
  '园区',
  '省',
  '市',
  '区',
  '县',
]

/** Mail services and shop platforms: an address there does not tell the company. */
export const sharedDomains: ReadonlySet<string> = new Set(
  (
    'qq.com foxmail.com 163.com 126.com yeah.net 188.com vip.163.com vip.qq.com sina.com sina.cn vip.sina.com sohu.com tom.com 21cn.com 139.com 189.cn wo.cn aliyun.com 263.net 2980.com eyou.com ' +
    'gmail.com googlemail.com outlook.com hotmail.com live.com live.cn msn.com yahoo.com yahoo.cn yahoo.com.cn yahoo.co.jp yahoo.co.uk yahoo.com.hk yahoo.com.tw ymail.com rocketmail.com icloud.com me.com mac.com aol.com ' +
    'protonmail.com proton.me pm.me gmx.com gmx.de gmx.net web.de t-online.de freenet.de mail.com mail.ru yandex.ru yandex.com bk.ru list.ru inbox.ru zoho.com tutanota.com fastmail.com hey.com naver.com daum.net hanmail.net ' +
    'orange.fr wanadoo.fr free.fr laposte.net sfr.fr libero.it virgilio.it alice.it tiscali.it uol.com.br bol.com.br terra.com.br rediffmail.com seznam.cz wp.pl o2.pl onet.pl interia.pl comcast.net verizon.net att.net ' +
    'taobao.com tmall.com 1688.com alibaba.com aliexpress.com jd.com made-in-china.com globalsources.com pinduoduo.com weixin.com wechat.com weibo.com douyin.com xiaohongshu.com baidu.com amazon.com ebay.com ' +
    'facebook.com linkedin.com instagram.com twitter.com x.com youtube.com wixsite.com weebly.com wordpress.com blogspot.com github.io shopify.com myshopify.com youzan.com'
  ).split(' '),
)

/** Endings under which names are registered one level deeper. */
export const deepEndings: ReadonlySet<string> = new Set(
  (
    'com.cn net.cn org.cn gov.cn edu.cn ac.cn mil.cn bj.cn sh.cn tj.cn cq.cn he.cn sx.cn nm.cn ln.cn jl.cn hl.cn js.cn zj.cn ah.cn fj.cn jx.cn sd.cn ha.cn hb.cn hn.cn gd.cn gx.cn hi.cn sc.cn gz.cn yn.cn xz.cn sn.cn gs.cn qh.cn nx.cn xj.cn ' +
    'com.hk net.hk org.hk com.tw net.tw org.tw com.mo co.uk org.uk ac.uk gov.uk me.uk ltd.uk co.jp or.jp ne.jp ac.jp go.jp co.kr or.kr com.sg com.my co.th in.th com.vn com.ph co.id com.au net.au org.au co.nz co.in net.in com.br com.mx com.ar ' +
    'com.tr com.ua co.za com.eg com.sa com.ae co.ae com.pk com.bd com.lk com.np com.co com.pe com.ec com.ve co.il com.pl com.pt com.es com.gr com.cy com.mt co.at or.at com.ru com.ng co.ke'
  ).split(' '),
)
