import { reportOutcomesZhCN } from './outcomes.zh-CN.ts';
import { reportSheetZhCN } from './sheet.zh-CN.ts';
import { reportStagesZhCN } from './stages.zh-CN.ts';
import { reportTermsZhCN } from './terms.zh-CN.ts';
import { reportTrialsZhCN } from './trials.zh-CN.ts';

/** Everything that a report says. */
export const reportTextsZhCN = {
  name: '报告',
  artifact: { document: '报告文档' },
  sheet: reportSheetZhCN,
  stages: reportStagesZhCN,
  terms: reportTermsZhCN,
  trials: reportTrialsZhCN,
  outcomes: reportOutcomesZhCN,
} as const;
