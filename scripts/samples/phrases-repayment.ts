import type { SampleLanguage } from './compose.ts';
import type { IntentPhrases } from './phrases.ts';

/** A kind of request that nobody wrote about before: paying back early, by other instalments, or later. */
export const REPAYMENT_PHRASES: Readonly<Record<SampleLanguage, IntentPhrases>> = {
  'zh-CN': {
    customer: [
      '手头宽裕了，想把{product}[提前结清|一次还完]，[入口在哪|怎么申请]',
      '提前还{amount}，剩下的是[缩短期限|减少月供]，[能自己选吗|怎么定的]',
      '这个月[周转不开|货款没回来]，{product}能不能[往后延|延期]一个月再还',
      '想把还款日从月初改到[15号|发工资那天]，APP里[改不了|找不到]',
      '申请展期[提交|递上去]{days}了，[还没人批|页面一直显示处理中]',
      '按月付息改成[等额本金|按季还本]，[要重新签合同吗|什么手续]',
      '自动扣款[扣了两次|没扣成]，这期算[还了没有|逾期吗]',
      '部分提前还款以后，[还款计划表|每期金额]还是[旧的|老样子]',
      '受[疫情|水灾|市场]影响，我们做{trade}的能[缓交|停几期]本金吗',
    ],
    staff: [
      '客户要提前结清，助手[只会给|老是推]客服电话，[不会算|算不出]应还金额',
      '展期申请在系统里[没有专门流程|要走纸质]，一单[耗掉|拖了]{days}',
      '无还本续贷的条件，助手答的和[新办法|总行文件]不一样',
      '{trade}客户集中要求调整还款计划，[手工改表|一户一户改]，{count}个人[忙不过来|加班]',
      '提前还款试算[不含|漏了]当期利息，客户[到柜台才发现|来吵]',
      '变更还款账户之后，批扣还是[走旧卡|扣原账户]，[每天|一周]有{count}起',
    ],
    details: [
      '这笔还剩{amount}',
      '从来没有[逾期|拖欠]过',
      '年底[回款|结账]就能补上',
      '[征信|信用记录]不想受影响',
      '在{branch}问过，说[线上办|要等通知]',
      '卖了[房子|一台设备]，钱[已经到账|下周到]',
      '还有[八|十一|十四]期',
    ],
    asks: [
      '最快哪天能[办好|结清]？',
      '请给我一张新的还款计划',
      '能在助手里直接[办|提交]吗？',
      '要不要[跑一趟|本人到场]',
      '帮我算一下[总共还多少|能省多少利息]',
      '会不会[上征信|算违约]？',
      '先给我[延一期|缓几天]吧',
    ],
  },
  en: {
    customer: [
      'I sold some equipment and want to pay the {product} off in full, [where do I start|what is the settlement figure]?',
      'After an extra payment of {amount}, can I choose [a shorter term|smaller instalments]?',
      'Takings are down this month, may I [skip|push back] one instalment on the {product}?',
      'My pay day moved, so the debit should [go out|be taken] on the 15th, and the app [will not change it|has no such option].',
      'I asked to extend the loan {days} ago and the page still says [in progress|received].',
      'Can interest only be switched to [equal principal|quarterly repayments], and does that need a new contract?',
      'The direct debit went out [twice|not at all], is this instalment [paid|overdue] now?',
      'I overpaid {amount}, yet the repayment schedule [has not moved|shows the old figures].',
      'The flood closed us for weeks; we are {trade}, is there a payment holiday [on the principal|for firms like ours]?',
    ],
    staff: [
      'Client wants to settle early, the assistant only [hands out|repeats] the hotline and cannot work out the payoff amount.',
      'There is no workflow for extensions, each one [is done on paper|goes round by email] and takes {days}.',
      'What the assistant says on renewing without repaying principal [contradicts|is not] the new policy.',
      'Clients in {sector} all want their instalments rescheduled, [we retype every schedule|{count} of us do it by hand].',
      'The early settlement quote [leaves out|forgets] accrued interest, people find out at the counter.',
      'After a change of repayment account the batch still debits the old one, {count} cases [a day|since Monday].',
    ],
    details: [
      'About {amount} is left on it.',
      'Never been late so far.',
      'The money from the sale arrives next week.',
      'I do not want a mark on my credit file.',
      '{branch} said it could be done online.',
      'There are [eight|eleven|fourteen] instalments to go.',
      'By year end we will have caught up.',
    ],
    asks: [
      'What is the earliest date?',
      'Please send me a new schedule.',
      'Can I do that right here in the chat?',
      'How much interest would I save?',
      'Does it count as a default?',
      'Do I have to come in and sign?',
      'Could you at least give me one month?',
    ],
  },
};

export const REPAYMENT_LABEL: Readonly<Record<SampleLanguage, string>> = {
  'zh-CN': '还款变更',
  en: 'Repayment change',
};
