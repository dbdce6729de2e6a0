import { reasonTextsZhCN } from '../errors/reason-texts.zh-CN.ts';
import { errorTextsZhCN } from '../errors/texts.zh-CN.ts';
import { glossaryTextsZhCN } from '../help/glossary.zh-CN.ts';
import { guideTextsZhCN } from '../help/guides.zh-CN.ts';
import { helpTextsZhCN } from '../help/help.zh-CN.ts';
import { shortcutTextsZhCN } from '../help/shortcuts.zh-CN.ts';
import { tourTextsZhCN } from '../help/tour.zh-CN.ts';
import { undoTextsZhCN } from '../help/undo.zh-CN.ts';
import { offlineTextsZhCN } from '../offline/texts.zh-CN.ts';
import { reportTextsZhCN } from '../report/texts/report.zh-CN.ts';
import { adaptationTextsZhCN } from '../stages/adaptation/texts.zh-CN.ts';
import { competitivenessTextsZhCN } from '../stages/competitiveness/texts.zh-CN.ts';
import { demandTextsZhCN } from '../stages/demand/texts.zh-CN.ts';
import { landingTextsZhCN } from '../stages/landing/texts.zh-CN.ts';
import { serviceTextsZhCN } from '../stages/service/texts.zh-CN.ts';
import { trainingTextsZhCN } from '../train/texts.zh-CN.ts';
import { windowTextsZhCN } from '../window/texts.zh-CN.ts';
import { frameTextsZhCN } from './frame.zh-CN.ts';

/** The source of all texts; keys mirror the code. */
export const zhCN = {
  ...frameTextsZhCN,
  stage: {
    demand: demandTextsZhCN,
    competitiveness: competitivenessTextsZhCN,
    adaptation: adaptationTextsZhCN,
    landing: landingTextsZhCN,
    service: serviceTextsZhCN,
  },
  guide: guideTextsZhCN,
  help: helpTextsZhCN,
  tour: tourTextsZhCN,
  undo: undoTextsZhCN,
  shortcut: shortcutTextsZhCN,
  glossary: glossaryTextsZhCN,
  offline: offlineTextsZhCN,
  report: reportTextsZhCN,
  training: trainingTextsZhCN,
  window: windowTextsZhCN,
  error: errorTextsZhCN,
  reason: reasonTextsZhCN,
} as const;
