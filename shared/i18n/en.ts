import { reasonTextsEn } from '../errors/reason-texts.en.ts';
import { errorTextsEn } from '../errors/texts.en.ts';
import { glossaryTextsEn } from '../help/glossary.en.ts';
import { guideTextsEn } from '../help/guides.en.ts';
import { helpTextsEn } from '../help/help.en.ts';
import { shortcutTextsEn } from '../help/shortcuts.en.ts';
import { tourTextsEn } from '../help/tour.en.ts';
import { undoTextsEn } from '../help/undo.en.ts';
import { offlineTextsEn } from '../offline/texts.en.ts';
import { reportTextsEn } from '../report/texts/report.en.ts';
import { adaptationTextsEn } from '../stages/adaptation/texts.en.ts';
import { competitivenessTextsEn } from '../stages/competitiveness/texts.en.ts';
import { demandTextsEn } from '../stages/demand/texts.en.ts';
import { landingTextsEn } from '../stages/landing/texts.en.ts';
import { serviceTextsEn } from '../stages/service/texts.en.ts';
import { trainingTextsEn } from '../train/texts.en.ts';
import { windowTextsEn } from '../window/texts.en.ts';
import { frameTextsEn } from './frame.en.ts';
import type { TextShape } from './text-shape.ts';
import type { zhCN } from './zh-CN.ts';

export const en: TextShape<typeof zhCN> = {
  ...frameTextsEn,
  stage: {
    demand: demandTextsEn,
    competitiveness: competitivenessTextsEn,
    adaptation: adaptationTextsEn,
    landing: landingTextsEn,
    service: serviceTextsEn,
  },
  guide: guideTextsEn,
  help: helpTextsEn,
  tour: tourTextsEn,
  undo: undoTextsEn,
  shortcut: shortcutTextsEn,
  glossary: glossaryTextsEn,
  offline: offlineTextsEn,
  report: reportTextsEn,
  training: trainingTextsEn,
  window: windowTextsEn,
  error: errorTextsEn,
  reason: reasonTextsEn,
};
