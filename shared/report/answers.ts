import { formatNumber, formatShare, formatShort } from '../i18n/number.ts';
import { testsResultSchema } from '../stages/adaptation/results.ts';
import { floorsResultSchema, runRecordSchema } from '../stages/competitiveness/results.ts';
import { strategyResultSchema } from '../stages/competitiveness/strategy/results.ts';
import { needsResultSchema } from '../stages/demand/results.ts';
import { pilotResultSchema } from '../stages/landing/pilot/results.ts';
import { driftResultSchema, roundsResultSchema, ticketsResultSchema } from '../stages/service/results.ts';
import type { AnswerItem } from './blocks.ts';
import { points } from './cells.ts';
import type { SectionReader } from './input.ts';
import { roundValue } from './sections/rounds.ts';
import { idAndName } from './sections/section.ts';
import { strategyAnswer, strategyNames } from './sections/strategy-words.ts';

const SETTLED_SHARE = 0.9;

type Answer = (reader: SectionReader) => readonly AnswerItem[];

/** What each stage answers in one or two sentences, in the order of the method; a stage without results says so. */
const ANSWERS: readonly Answer[] = [topNeed, bestModel, chosenStrategy, scenarioTests, pilotOutcome, serviceState];

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
        run: idAndName(best.result.id, best.result.name),
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

function scenarioTests({ t, views }: SectionReader): readonly AnswerItem[] {
  const suites = views('adaptation.tests', testsResultSchema);
  const [first] = suites;
  if (first === undefined) return [{ text: t('report.sheet.answers.noTests'), source: null }];
  const total = (verdict: 'passed' | 'failed' | 'unclear') =>
    suites.reduce((sum, { result }) => sum + result.counts[verdict] + result.machineCounts[verdict], 0);
  const text = t('report.outcomes.answers.tests', {
    passed: total('passed'),
    failed: total('failed'),
    unclear: total('unclear'),
    suites: suites.length,
  });
  return [{ text, source: first.artifact }];
}

function pilotOutcome({ t, view }: SectionReader): readonly AnswerItem[] {
  const pilot = view('landing.pilot', pilotResultSchema);
  if (pilot === null) return [{ text: t('report.sheet.answers.noPilot'), source: null }];
  const { result, artifact } = pilot;
  const verdict = t(`report.outcomes.pilot.verdict.${result.verdict}`);
  const name = result.planName;
  if (result.effect === null)
    return [{ text: t('report.outcomes.answers.pilotNone', { name, verdict }), source: artifact }];
  const isShare = result.metric.type === 'proportion';
  const words = (value: number) =>
    isShare ? points(value, { unit: t('report.trials.experiment.points') }).text : formatShort(value);
  const bound = (value: number) => (isShare ? points(value).text : formatShort(value));
  const { value, low, high } = result.effect;
  return [
    {
      text: t('report.outcomes.answers.pilot', {
        name,
        verdict,
        value: words(value),
        low: bound(low),
        high: bound(high),
      }),
      source: artifact,
    },
  ];
}

function serviceState({ t, view, views }: SectionReader): readonly AnswerItem[] {
  const items: AnswerItem[] = [];
  for (const { artifact, result } of views('service.tickets', ticketsResultSchema)) {
    for (const { measure, sla } of result.measures) {
      if (sla === null || sla.share.value === null) continue;
      const bound = (value: number | null) => (value === null ? '—' : formatShare(value, 1));
      const text = t('report.outcomes.answers.sla', {
        measure: t(`report.outcomes.tickets.measure.${measure}`),
        share: bound(sla.share.value),
        low: bound(sla.share.low),
        high: bound(sla.share.high),
        n: sla.share.n,
      });
      items.push({ text, source: artifact });
    }
  }
  const rounds = view('service.rounds', roundsResultSchema);
  const main = rounds?.result.series.find(({ type }) => type === 'csat' || type === 'nps');
  const change = main?.differences.at(-1);
  const latest = main?.rounds.at(-1);
  if (rounds !== null && main !== undefined && latest !== undefined && change !== undefined) {
    const { text: value, interval } = roundValue(main.type, latest.score);
    const [low = '—', high = '—'] = interval?.slice(1, -1).split(', ') ?? [];
    const name = `${t(`report.outcomes.rounds.type.${main.type}`)} · ${main.name}`;
    const reading = t(`report.outcomes.rounds.verdict.${change.verdict}`);
    items.push({
      text: t('report.outcomes.answers.trend', { name, value, low, high, reading }),
      source: rounds.artifact,
    });
  }
  const drifts = views('service.drift', driftResultSchema);
  const [drift] = drifts;
  if (drift !== undefined) {
    const flagged = drifts.filter(({ result }) => result.overall.flagged === true).length;
    const text = t('report.outcomes.answers.drift', { flagged, same: drifts.length - flagged });
    items.push({ text, source: drift.artifact });
  }
  return items.length === 0 ? [{ text: t('report.sheet.answers.noService'), source: null }] : items;
}
