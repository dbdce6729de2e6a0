import type { Column } from '../../demand/import/import-options.ts';
import type { TicketColumns } from '../results.ts';
import { readTimestamps } from './timestamps.ts';

/** Names, Chinese and English, most telling first. */
const NAMES: Readonly<Record<keyof TicketColumns, RegExp>> = {
  id: /^(id|no\.?|ticket([ _]?(id|no|number))?|case([ _]?(id|no|number))?|key|ref([ _]?no)?|工单(编?号|id)?|单号|编号|序号|流水号)$/i,
  createdAt:
    /(creat|open(ed)?([ _]?(at|date|time|on))|submitted|reported|received|created|创建|提交|提出|受理|建单|登记|开单)/i,
  firstResponseAt:
    /(first[ _]?(re(sponse|ply|action)|answer)|respon(se|ded)|repl(y|ied)|首次?(响应|回复|答复)|响应(时间)?|回复(时间)?)/i,
  resolvedAt: /(resol|solved|clos|finish|complet|done|解决|关闭|完成|办结|结单)/i,
  text: /(text|comment|content|message|descri|body|subject|summary|内容|描述|正文|问题|摘要|诉求|留言)/i,
  category: /(categ|type|topic|reason|类别|分类|类型|问题类)/i,
  priority: /(priorit|severit|urgen|优先|紧急|严重)/i,
  team: /(team|group|depart|assignee|owner|agent|团队|班组|小组|部门|处理人|负责人|坐席)/i,
  status: /(status|state|状态)/i,
};
const TIMES: readonly (keyof TicketColumns)[] = ['createdAt', 'firstResponseAt', 'resolvedAt'];
/** Order in which columns are given out: the names that mean one thing only come first. */
const ORDER: readonly (keyof TicketColumns)[] = [
  'firstResponseAt',
  'resolvedAt',
  'createdAt',
  'priority',
  'status',
  'team',
  'category',
  'id',
  'text',
];
const TIME_SHARE = 0.8;

/** What each column of a ticket file means, by its name and, for times, its cells; null where none fits. Each column is given out once. */
export function guessTicketColumns(
  columns: readonly Column[],
  sampleRows: readonly (readonly string[])[],
): { readonly [K in keyof TicketColumns]: string | null } {
  const isTime = columns.map((_, place) => {
    const cells = sampleRows.map((row) => row[place] ?? '').filter((cell) => cell.trim() !== '');
    const { unreadable } = readTimestamps(cells, 0);
    return cells.length > 0 && unreadable.length <= (1 - TIME_SHARE) * cells.length;
  });
  const isEmpty = columns.map((_, place) => sampleRows.every((row) => (row[place] ?? '').trim() === ''));
  const used = new Set<string>();
  const found: Partial<Record<keyof TicketColumns, string>> = {};
  for (const meaning of ORDER) {
    const wantsTime = TIMES.includes(meaning);
    const match = columns.find(
      ({ id, name }, place) =>
        !used.has(id) &&
        NAMES[meaning].test(name.trim()) &&
        (wantsTime ? isTime[place]! || isEmpty[place]! : !isTime[place]!),
    );
    if (match === undefined) continue;
    used.add(match.id);
    found[meaning] = match.id;
  }
  if (found.createdAt === undefined) {
    const first = columns.find(({ id }, place) => isTime[place] === true && !used.has(id));
    if (first !== undefined) found.createdAt = first.id;
  }
  return {
    id: found.id ?? null,
    createdAt: found.createdAt ?? null,
    firstResponseAt: found.firstResponseAt ?? null,
    resolvedAt: found.resolvedAt ?? null,
    text: found.text ?? null,
    category: found.category ?? null,
    priority: found.priority ?? null,
    team: found.team ?? null,
    status: found.status ?? null,
  };
}
