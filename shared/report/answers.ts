import { formatNumber, formatShare } from '../i18n/number.ts';
import { floorsResultSchema, runRecordSchema } from '../stages/competitiveness/results.ts';
import { strategyResultSchema } from '../stages/competitiveness/strategy/results.ts';
import { needsResultSchema } from '../stages/demand/results.ts';
import type { AnswerItem } from './blocks.ts';
import type { SectionReader } from './input.ts';
import { strategyAnswer, strategyNames } from './sections/strategy-words.ts';

const SETTLED_SHARE = 0.9;

type Answer = (reader: SectionReader) => readonly AnswerItem[];

/** What each stage answers in one or two sentences, in the order of the method; a stage without results says so. */
const ANSWERS: readonly Answer[] = [topNeed, bestModel, chosenStrategy];

export function answers(reader: SectionReader): readonly AnswerItem[] {
  return ANSWERS.flatMap((answer) => answer(reader));
}

function topNeed({ t, view }: SectionReader): readonly AnswerItem[] {
  const needs = view('demand.needs', needsResultSchema);
  const first = needs?.result.needs.find(({ rank }) => rank === 1);
  if (needs === null || first === undefined) return [{ text: t('report.sheet.answers.noNeeds'), source: null }];
  const key = first.firstShare >= SETTLED_SHARE ? 'topNeed' : 'topNeedShared';
  const bound = (value: number | null) => (value === null ? '—' : formatShare(value, 1));
  return [
    {
      text: t(`report.sheet.answers.${key}`, {
        need: first.name,
        weight: formatShare(first.weight, 1),
        low: bound(first.low),
        high: bound(first.high),
        share: formatShare(first.firstShare, 1),
      }),
      source: needs.artifact,
    },
  ];
}

function bestModel({ t, view, views }: SectionReader): readonly AnswerItem[] {
  const [best] = views('competitiveness.run', runRecordSchema).toSorted(
    (a, b) => b.result.test.accuracy.value - a.result.test.accuracy.value,
  );
  if (best === undefined) return [];
  const floors = view('competitiveness.floors', floorsResultSchema);
  const floor = floors?.result.floors.find(({ id }) => id === floors.result.strongestId);
  const { accuracy } = best.result.test;
  return [
    {
      text: t('report.sheet.answers.model', {
        run: `${best.result.id} ${best.result.name}`,
        accuracy: formatShare(accuracy.value, 1),
        low: formatNumber(accuracy.low * 100, 1),
        high: formatShare(accuracy.high, 1),
        floor:
          floor === undefined || floors?.result.testLock !== best.result.testLock
            ? t('report.sheet.notMeasured')
            : formatShare(floor.evaluation.accuracy.value, 1),
      }),
      source: best.artifact,
    },
  ];
}

function chosenStrategy(reader: SectionReader): readonly AnswerItem[] {
  const { t, view } = reader;
  const decision = view('competitiveness.decision', strategyResultSchema);
  if (decision === null) return [{ text: t('report.sheet.answers.noStrategy'), source: null }];
  return [
    { text: strategyAnswer(t, decision.result, strategyNames(reader, decision.result)), source: decision.artifact },
  ];
}
