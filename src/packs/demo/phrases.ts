// What people write after a call, a visit, a meeting or a mail, by business. {p} is who it was, {o} what it is about, {s} the show.
import type { Line } from './customer.ts'

export type Kind = 'call' | 'visit' | 'meeting' | 'note' | 'mail'

export interface Phrase {
  kind: Kind
  subject: string
  body: string
  result?: string
}

const p = (kind: Kind, subject: string, body: string, result?: string): Phrase => ({ kind, subject, body, ...(result ? { result } : {}) })

export const phrases: Record<Line, readonly Phrase[]> = {
  expo: [
    p('call', '初次电话，介绍{s}', '{p}说去年只做了线上，今年想看看{s}的同行名单，答应先收资料。', 'wantsMaterial'),
    p('call', '确认资料收到', '{p}收到招展书，最关心馆内位置和电费，约下周再谈。', 'interested'),
    p('call', '问展位面积', '{p}倾向{o}，要等总经理出差回来定。', 'interested'),
    p('call', '催定位', '告知 H1 剩余角位不多，{p}同意先保留一周。', 'interested'),
    p('call', '无人接听', '上午两次未接，改加微信留言。', 'noAnswer'),
    p('call', '改约时间', '{p}在外地，改约后天下午三点。', 'rescheduled'),
    p('call', '谈价格', '{p}希望再让一点，已说明早鸟价到月底，之后按原价。'),
    p('call', '讨论付款方式', '{p}问能否先付三成，答复按合同五成，余款进场前。'),
    p('call', '推荐双开口位置', '按其人流考虑推荐双开口，{p}要平面图。', 'wantsMaterial'),
    p('call', '对方要设计效果图', '{p}想先看效果图再决定，已转搭建组。', 'wantsDesign'),
    p('call', '回访参展效果', '{p}说上届现场接待 120 余组，满意，希望今年换到主通道。', 'interested'),
    p('call', '确认楣板名称', '与{p}核对楣板中英文名称，已回填。'),
    p('visit', '上门拜访', '参观工厂，{p}介绍新产线，今年有新品要发布，适合{s}。'),
    p('visit', '上门送招展书', '当面讲解展馆分区，{p}圈了两个候选位置。'),
    p('visit', '拜访决策人', '{p}现场问了同行参展情况，承诺月底前答复。'),
    p('visit', '现场看馆', '陪{p}到展馆看位置，对{o}基本满意。'),
    p('meeting', '视频会议：参展方案', '三方视频，逐条过了{o}的费用与布展时间，{p}要求补充观众数据。'),
    p('meeting', '讨论参展目标', '{p}提出三个目标：新品发布、经销商招募、品牌露出，按此出方案。'),
    p('meeting', '展位图评审', '与{p}一起在平面图上定位，备选两处。'),
    p('note', '内部记录', '该客户与行业协会关系好，可请协会出面。'),
    p('note', '对手动向', '恒展联合给了九折，客户在比较。'),
    p('note', '付款习惯', '财务每月中旬付款，合同要提前一周走流程。'),
    p('note', '微信沟通', '{p}在朋友圈发了新品，点赞并问参展计划，回复下周给准信。'),
    p('mail', '发送招展书与展位图', '附{s}招展书、展位图、往届数据，请{p}查收。'),
    p('mail', '报价邮件', '{o}报价已发，有效期两周。'),
    p('mail', '合同草案', '按标准合同发{p}，法务三天内回复。'),
    p('call', '邀请参加观众预览', '{p}愿意带采购来看馆，登记四人。', 'interested'),
    p('call', '推荐会刊广告', '{p}问会刊彩页效果，发了上届样刊。', 'wantsMaterial'),
    p('call', '核实决策人', '前台说市场部归{p}管，直线已记下。'),
    p('visit', '带同事一起拜访', '与客户执行同去，{p}认可服务，愿意介绍两家同行。'),
  ],
  stand: [
    p('call', '问展台需求', '{p}今年有三场展，想找固定搭建商，先从一场试。', 'interested'),
    p('call', '确认面积与开口', '{p}确认{o}，两面开口，限高 4.5 米。'),
    p('call', '催设计反馈', '{p}说领导喜欢第二稿，灯光要再亮。'),
    p('call', '谈预算', '预算比去年少一成，{p}希望保留 LED 屏。'),
    p('call', '未接通', '工地在忙，晚些再打。', 'noAnswer'),
    p('call', '确认进场时间', '与{p}核对主场报馆截止日，材料齐。'),
    p('call', '要设计', '{p}给了 VI 手册和产品尺寸，请设计师三天出图。', 'wantsDesign'),
    p('visit', '量尺与需求会', '到客户处量样机尺寸，{p}要预留叉车通道。'),
    p('visit', '送效果图', '当面讲设计思路，{p}提了三处修改。'),
    p('visit', '工厂验样', '陪{p}看木结构样板，收口工艺认可。'),
    p('meeting', '设计评审', '第二稿评审，{p}同意主视觉，调整洽谈区。'),
    p('meeting', '报价谈判', '{o}逐项过单价，{p}要求家具换租赁以降成本。'),
    p('meeting', '撤展复盘', '{p}满意，提出电箱位置要改进。'),
    p('note', '内部记录', '该客户决策链：市场部选型，采购压价，总经理签字。'),
    p('note', '竞争情况', '博汇特装低 8%，但上次返工两天，客户有顾虑。'),
    p('mail', '发送效果图 V1', '三个角度加平面，请{p}本周内反馈。'),
    p('mail', '报价单', '{o}报价单含税，附材料清单。'),
    p('mail', '合同与付款节点', '五成预付、三成进场、两成验收。'),
    p('call', '回访上次搭建', '{p}说展台拍照好看，同行来问是谁做的。', 'interested'),
    p('visit', '现场勘馆', '和{p}一起看馆，确认吊点与电源位置。'),
  ],
  trade: [
    p('mail', 'Reply to inquiry', 'Sent price list and MOQ for {o}, FOB Ningbo. {p} asks for lead time.', 'wantsMaterial'),
    p('mail', 'Quotation', 'Quotation for {o} sent, valid 30 days, 30 % deposit.'),
    p('mail', 'Answer on CE papers', 'Sent declaration and test report, {p} forwards to their technical department.'),
    p('mail', 'Packing and container plan', 'One 20 ft takes it with 12 % spare, drawing attached.'),
    p('mail', 'Reminder of the quotation', 'Second reminder, {p} was on holiday until Monday.'),
    p('call', 'Call on delivery time', '{p} needs it eight weeks from now, factory says six.', 'interested'),
    p('call', 'Price talk', '{p} compares with a local stockist, wants 5 % off above 200 pcs.'),
    p('call', 'No answer', 'Called at 10:00 local time, left a message.', 'noAnswer'),
    p('call', 'Sample feedback', '{p} likes the frame, print colours a little dark.', 'interested'),
    p('call', 'Order status', 'Told {p} that production is at 60 %, photos tomorrow.'),
    p('call', 'Reschedule', '{p} is at a fair, call next week.', 'rescheduled'),
    p('meeting', 'Video call: product demo', 'Showed assembly of {o} in four minutes, {p} asked for the manual in local language.'),
    p('meeting', 'Video call: annual plan', '{p} plans three fairs next year and wants stock in Europe.'),
    p('visit', 'Met at their office', 'Visited {p} after the fair, saw the warehouse, good storage.'),
    p('note', 'Internal note', 'Pays on day 45, always. Credit insurance asked for.'),
    p('note', 'Competitor', 'ExpoNordic delivers in four days but 22 % dearer.'),
    p('note', '样品寄出', '样品已寄，快递单号发给对方，预计五天到。'),
    p('mail', 'Proforma invoice', 'PI for {o} sent, bank details confirmed by phone.'),
    p('mail', 'Photos of production', 'Sent photos and packing video to {p}.'),
    p('call', 'Repeat order?', '{p} expects to need more before the season, will confirm quantity.', 'interested'),
  ],
}
