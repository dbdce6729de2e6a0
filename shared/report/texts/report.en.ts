import type { TextShape } from '../../i18n/text-shape.ts';
import { reportOutcomesEn } from './outcomes.en.ts';
import type { reportTextsZhCN } from './report.zh-CN.ts';
import { reportSheetEn } from './sheet.en.ts';
import { reportStagesEn } from './stages.en.ts';
import { reportTermsEn } from './terms.en.ts';
import { reportTrialsEn } from './trials.en.ts';

export const reportTextsEn: TextShape<typeof reportTextsZhCN> = {
  name: 'Reports',
  artifact: { document: 'Report document' },
  sheet: reportSheetEn,
  stages: reportStagesEn,
  terms: reportTermsEn,
  trials: reportTrialsEn,
  outcomes: reportOutcomesEn,
};
