import { formatMilliseconds, formatNumber, formatShare, formatShort } from '../../../i18n/number.ts';
import type { Translate } from '../../../i18n/translate.ts';
import { appliedTemperature } from '../../competitiveness/evaluation/temperature.ts';
import type { Estimate } from '../../competitiveness/results.ts';
import type { CardFacts } from './card-facts.ts';
import { markdownList, markdownTable, plainText } from './markdown.ts';
import { packageNoticeText } from './notice-text.ts';

const CARD = 'stage.landing.screen.package.card';
const WEAKEST_SHOWN = 5;
const CONFUSIONS_SHOWN = 5;
const HASH_SHOWN = 16;
const BYTES_PER_MB = 1_000_000;

/** `MODEL_CARD.md`: what the model is for, how good it is, on what that rests, and what to watch. Every figure stands with n and interval. */
export function modelCard(t: Translate, facts: CardFacts): string {
  const { model, data, evaluation } = facts;
  const parts = [
    `# ${t(`${CARD}.title`, { name: plainText(facts.name) })}`,
    t(`${CARD}.summary`, {
      classes: facts.classes.length,
      language: t(`stage.competitiveness.screen.language.${data.language}`),
      accuracy: formatShare(evaluation.accuracy.value, 1),
      low: formatNumber(evaluation.accuracy.low * 100, 1),
      high: formatNumber(evaluation.accuracy.high * 100, 1),
      rows: evaluation.rows,
    }),
    ...(facts.notices.length === 0
      ? []
      : [`## ${t(`${CARD}.warnings`)}`, markdownList(facts.notices.map((notice) => packageNoticeText(t, notice)))]),
    `## ${t(`${CARD}.use`)}`,
    intendedUse(t, facts),
    `## ${t(`${CARD}.quality`)}`,
    qualityOf(t, facts),
    `## ${t(`${CARD}.classes`)}`,
    classesOf(t, facts),
    `## ${t(`${CARD}.tests`)}`,
    testsOf(t, facts),
    `## ${t(`${CARD}.data`)}`,
    markdownList([
      t(`${CARD}.dataSources`, { sources: data.sources.map(plainText).join(t('list.separator')) }),
      t(`${CARD}.dataSplit`, { train: data.train, dev: data.dev, test: data.test }),
      ...(data.seed === null ? [] : [t(`${CARD}.dataSeed`, { seed: String(data.seed) })]),
      t(`${CARD}.dataLock`, { lock: data.testLock }),
    ]),
    `## ${t(`${CARD}.limits`)}`,
    markdownList(limitsOf(t, facts)),
    `## ${t(`${CARD}.watch`)}`,
    watchOf(t, facts),
    `## ${t(`${CARD}.origin`)}`,
    markdownTable(
      [t(`${CARD}.what`), t(`${CARD}.value`)],
      [
        [
          t(`${CARD}.project`),
          plainText([facts.project.name, facts.project.customer, facts.project.period].filter(Boolean).join(' · ')),
        ],
        [t(`${CARD}.model`), `${model.id} · ${plainText(model.name)}`],
        [t(`${CARD}.base`), `${plainText(model.baseName)} · ${plainText(model.baseSource)} · ${model.baseLicence}`],
        [t(`${CARD}.parameters`), formatNumber(model.parameters)],
        [t(`${CARD}.precision`), model.precision],
        [t(`${CARD}.size`), `${formatNumber(model.bytes / BYTES_PER_MB, 1)} MB`],
        ['model.onnx SHA-256', `\`${model.sha256}\``],
        [
          t(`${CARD}.versions`),
          `Success Workbench ${facts.versions.app} · ONNX Runtime ${facts.versions.runtime} · @huggingface/tokenizers ${facts.versions.tokenizer} · ONNX opset ${facts.versions.opset}`,
        ],
        [t(`${CARD}.builtAt`), facts.builtAt],
      ],
    ),
    t(`${CARD}.inputs`),
    markdownTable(
      [t(`${CARD}.slot`), t(`${CARD}.version`), 'SHA-256'],
      facts.inputs.map(({ slot, version, hash }) => [
        `\`${slot}\``,
        String(version),
        `\`${hash.slice(0, HASH_SHOWN)}…\``,
      ]),
    ),
  ];
  return `${parts.join('\n\n')}\n`;
}

function intendedUse(t: Translate, facts: CardFacts): string {
  const intended = t(`${CARD}.intended`, {
    labels: facts.classes.map(({ label }) => plainText(label)).join(t('list.separator')),
    language: t(`stage.competitiveness.screen.language.${facts.data.language}`),
  });
  const needs = facts.needs.map((need) =>
    t(`${CARD}.need`, { name: plainText(need.name), weight: withInterval(need.weight, need.low, need.high) }),
  );
  return [intended, ...(needs.length === 0 ? [] : [t(`${CARD}.needs`), markdownList(needs)]), t(`${CARD}.notFor`)].join(
    '\n\n',
  );
}

function qualityOf(t: Translate, facts: CardFacts): string {
  const { evaluation, floors, latency, model } = facts;
  const row = (name: string, accuracy: Estimate, macroF1: Estimate, p95: number | null) => [
    name,
    estimateText(accuracy),
    estimateText(macroF1),
    p95 === null ? '—' : `${formatMilliseconds(p95)} ms`,
  ];
  const notes = [
    t(`${CARD}.qualityMethod`, { rows: evaluation.rows, resamples: evaluation.resamples }),
    ...calibrationOf(t, facts),
    ...(evaluation.demandWeighted === null
      ? []
      : [
          t(`${CARD}.demandWeighted`, {
            accuracy: estimateText(evaluation.demandWeighted.accuracy),
            share: formatShare(evaluation.demandWeighted.coveredWeight),
          }),
        ]),
    latency === null
      ? t(`${CARD}.latencyNone`)
      : t(`${CARD}.latency`, {
          p50: formatMilliseconds(latency.p50Ms),
          p95: formatMilliseconds(latency.p95Ms),
          tokens: latency.tokens,
          threads: latency.threads,
          repeats: latency.repeats,
        }),
    ...(floors === null ? [t(`${CARD}.floorsNone`)] : []),
  ];
  return [
    markdownTable(
      [
        t(`${CARD}.what`),
        t('stage.competitiveness.screen.models.accuracy'),
        t('stage.competitiveness.screen.models.macroF1'),
        'p95',
      ],
      [
        row(`**${plainText(model.name)}**`, evaluation.accuracy, evaluation.macroF1, latency?.p95Ms ?? null),
        ...(floors?.floors ?? []).map((floor) =>
          row(
            floor.id === floors?.strongestId
              ? t(`${CARD}.strongest`, { name: t(`stage.competitiveness.screen.floor.${floor.type}`) })
              : t(`stage.competitiveness.screen.floor.${floor.type}`),
            floor.evaluation.accuracy,
            floor.evaluation.macroF1,
            floor.latencyP95Ms,
          ),
        ),
      ],
    ),
    markdownList(notes),
  ].join('\n\n');
}

/** Whether probabilities are calibrated, with the error of the packed form; of another form where nothing was fitted. */
function calibrationOf(t: Translate, { evaluation, temperature: fitted }: CardFacts): string[] {
  if (fitted === null) {
    const { calibration, rows } = evaluation;
    const error =
      calibration === null ? [] : [t(`${CARD}.calibration`, { ece: formatShare(calibration.ece, 1), rows })];
    return [t(`${CARD}.temperatureNone`), ...error];
  }
  const { devRows, rows, resamples, before, after } = fitted;
  const measured = {
    ...{ devRows: formatNumber(devRows), rows: formatNumber(rows), resamples: formatNumber(resamples) },
    before: estimateText(before.ece),
  };
  const applied = appliedTemperature(fitted);
  if (applied === null) return [t(`${CARD}.temperatureLimited`, measured)];
  const temperature = formatNumber(applied.temperature, 3);
  return [t(`${CARD}.temperature`, { ...measured, temperature, after: estimateText(after.ece) })];
}

function classesOf(t: Translate, { classes }: CardFacts): string {
  return markdownTable(
    ['label', 'trainRows', 'testRows', 'precisionOf', 'recallOf', 'predictedShare'].map((key) =>
      t(`${CARD}.${key as 'label'}`),
    ),
    classes.map((entry) => [
      plainText(entry.label),
      formatNumber(entry.train),
      formatNumber(entry.test),
      shareOrNone(entry.precision),
      shareOrNone(entry.recall),
      formatShare(entry.predictedShare, 1),
    ]),
  );
}

function testsOf(t: Translate, { scenarioTests }: CardFacts): string {
  if (scenarioTests.length === 0) return t(`${CARD}.testsNone`);
  return scenarioTests
    .map(({ scenario, rows, tests }) =>
      [
        `### ${plainText(scenario)} (n = ${formatNumber(rows)})`,
        markdownTable(
          [t(`${CARD}.test`), t(`${CARD}.value`), 'n', t(`${CARD}.limit`), t(`${CARD}.verdict`)],
          tests.map((test) => [
            plainText(test.name),
            test.value === null ? '—' : inUnit(test.value, test.unit, test.low, test.high),
            formatNumber(test.n),
            test.limit === null || test.direction === null
              ? '—'
              : `${test.direction === 'at-least' ? '≥' : '≤'} ${inUnit(test.limit, test.unit, null, null)}`,
            t(`${CARD}.verdicts.${test.verdict}`),
          ]),
        ),
      ].join('\n\n'),
    )
    .join('\n\n');
}

function limitsOf(t: Translate, { classes, evaluation, data, model, rejectBelow, temperature }: CardFacts): string[] {
  const weakest = classes
    .flatMap(({ label, recall, test }) => (recall === null ? [] : [{ label, recall, test }]))
    .sort((a, b) => a.recall - b.recall)
    .slice(0, WEAKEST_SHOWN)
    .map(({ label, recall, test }) => `${plainText(label)} ${formatShare(recall)} (n = ${test})`);
  const confused = evaluation.mostConfused
    .slice(0, CONFUSIONS_SHOWN)
    .map(({ actual, predicted, rows }) => `${plainText(actual)} → ${plainText(predicted)} (${rows})`);
  return [
    t(`${CARD}.limitLanguage`, { language: t(`stage.competitiveness.screen.language.${data.language}`) }),
    t(`${CARD}.limitClosed`, { classes: classes.length }),
    t(`${CARD}.limitLength`, { maxLength: model.maxLength }),
    ...(weakest.length === 0 ? [] : [t(`${CARD}.limitWeakest`, { classes: weakest.join(t('list.separator')) })]),
    ...(confused.length === 0 ? [] : [t(`${CARD}.limitConfused`, { pairs: confused.join(t('list.separator')) })]),
    rejectBelow === null
      ? t(`${CARD}.limitNoThreshold`)
      : t(`${CARD}.${appliedTemperature(temperature) === null ? 'limitThreshold' : 'limitThresholdBefore'}`, {
          threshold: formatShare(rejectBelow, 1),
        }),
  ];
}

function watchOf(t: Translate, { watch, evaluation, classes, clean }: CardFacts): string {
  const common = [...classes].sort((a, b) => b.predictedShare - a.predictedShare).slice(0, WEAKEST_SHOWN);
  return [
    t(`${CARD}.watchLead`),
    markdownTable(
      [t(`${CARD}.what`), t(`${CARD}.onTest`, { rows: evaluation.rows }), t(`${CARD}.look`)],
      [
        [t(`${CARD}.watchConfidence`), estimateText(watch.confidence), t(`${CARD}.watchConfidenceLook`)],
        [t(`${CARD}.watchUnsure`), formatShare(watch.unsureShare, 1), t(`${CARD}.watchUnsureLook`)],
        [t(`${CARD}.watchTruncated`), formatShare(watch.truncatedShare, 1), t(`${CARD}.watchTruncatedLook`)],
        [
          t(`${CARD}.watchShares`),
          common
            .map(({ label, predictedShare }) => `${plainText(label)} ${formatShare(predictedShare)}`)
            .join(t('list.separator')),
          t(`${CARD}.watchSharesLook`),
        ],
      ],
    ),
    t(clean.maskPersonalData.length > 0 ? `${CARD}.cleanMasked` : `${CARD}.cleanPlain`),
  ].join('\n\n');
}

function estimateText({ value, low, high }: Estimate): string {
  return withInterval(value, low, high);
}

function withInterval(value: number, low: number | null, high: number | null): string {
  if (low === null || high === null) return formatShare(value, 1);
  return `${formatShare(value, 1)} [${formatNumber(low * 100, 1)}, ${formatNumber(high * 100, 1)}]`;
}

function shareOrNone(value: number | null): string {
  return value === null ? '—' : formatShare(value, 1);
}

function inUnit(
  value: number,
  unit: 'share' | 'milliseconds' | 'megabytes',
  low: number | null,
  high: number | null,
): string {
  if (unit === 'share') return withInterval(value, low, high);
  const interval = low === null || high === null ? '' : ` [${formatShort(low)}, ${formatShort(high)}]`;
  return `${formatShort(value)} ${unit === 'milliseconds' ? 'ms' : 'MB'}${interval}`;
}
