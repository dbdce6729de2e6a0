import type { HEADER_EVIDENCE } from './import-options.ts';

export interface HeaderGuess {
  readonly hasHeader: boolean;
  readonly because: (typeof HEADER_EVIDENCE)[number];
}

/** Words that name a column and are rarely a value of one. */
const COLUMN_NAMES =
  /^(id|no\.?|text|content|comment|comments|review|question|utterance|label|category|intent|class|date|time|score|rating|gender|age|name|nps|csat|ces|weight|segment|region|feedback|序号|编号|文本|内容|评论|评价|反馈|意见|建议|标签|类别|分类|日期|时间|提交时间|答卷时间|评分|得分|打分|满意度|性别|年龄|地区|部门|姓名|客户|渠道|权重|来源|问题)$/i;

const isNumber = (cell: string) => cell.trim() !== '' && Number.isFinite(Number(cell));

/** Whether the first record names the columns: known names; no number in it while there are numbers below; or names that are
 *  short and occur nowhere below in columns whose values repeat. */
export function guessHeader(records: readonly (readonly string[])[]): HeaderGuess {
  const [first, ...body] = records;
  if (first === undefined) return { hasHeader: false, because: 'too-few-rows' };
  if (first.some((cell) => COLUMN_NAMES.test(cell.trim()))) return { hasHeader: true, because: 'known-names' };
  if (body.length === 0) return { hasHeader: false, because: 'too-few-rows' };
  if (first.some(isNumber)) return { hasHeader: false, because: 'first-row-is-data' };
  let numericBelow = 0;
  let distinct = 0;
  let repeated = 0;
  for (let column = 0; column < first.length; column++) {
    const values = body.map((row) => row[column] ?? '').filter((cell) => cell.trim() !== '');
    if (values.length === 0) continue;
    if (values.filter(isNumber).length >= values.length * 0.8) numericBelow++;
    const head = first[column]!;
    if (values.includes(head)) repeated++;
    else if (new Set(values).size <= values.length / 2 && head.length <= 40) distinct++;
  }
  if (repeated > 0) return { hasHeader: false, because: 'first-row-is-data' };
  if (numericBelow > 0) return { hasHeader: true, because: 'numbers-below' };
  return distinct > 0
    ? { hasHeader: true, because: 'distinct-from-body' }
    : { hasHeader: false, because: 'first-row-is-data' };
}
