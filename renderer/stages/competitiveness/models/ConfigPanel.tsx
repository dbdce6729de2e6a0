import { formatNumber, formatShare, formatShort } from '../../../../shared/i18n/number.ts';
import type { RunRecord } from '../../../../shared/stages/competitiveness/results.ts';
import { expectedSeconds } from '../../../../shared/stages/competitiveness/training-plan.ts';
import { useT } from '../../../app/language.ts';
import { numberWithUnit } from '../../../components/NumberText.tsx';
import { chosenOptions } from '../../../components/run-settings/chosen-options.ts';
import { durationText } from '../../../components/time.ts';

export type Fact = readonly [name: string, value: string];

/** How a run was made: all that it depends on besides its data. */
export function ConfigPanel({ run }: { readonly run: RunRecord }) {
  const t = useT();
  return (
    <>
      <FactList facts={[...configFacts(t, run.config), ...outcomeFacts(t, run)]} />
      {run.elsewhere !== undefined && (
        <p className="small">
          <span className="muted">{t('stage.competitiveness.screen.models.elsewhere.used')}</span>{' '}
          {elsewhereText(t, run.elsewhere)}
        </p>
      )}
    </>
  );
}

/** Names and values side by side. */
export function FactList({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className="facts facts-columns">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="number">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export function configFacts(t: ReturnType<typeof useT>, config: RunRecord['config']): readonly Fact[] {
  if (config === null) return [];
  const { method } = config;
  return [
    [
      t('stage.competitiveness.screen.models.configMethod'),
      t(`stage.competitiveness.screen.models.methods.${method.type}`),
    ],
    ...(method.type === 'full'
      ? [
          [
            t('stage.competitiveness.screen.models.freezeEmbeddings'),
            t(`stage.competitiveness.screen.models.${method.freezeEmbeddings ? 'yes' : 'no'}`),
          ] as const,
        ]
      : []),
    ...(method.type === 'frozen-prefix'
      ? [[t('stage.competitiveness.screen.models.configFrozen'), formatNumber(method.layers)] as const]
      : []),
    ...(method.type === 'adapter'
      ? ([
          [
            t('stage.competitiveness.screen.models.adapterVariant'),
            t(`stage.competitiveness.screen.models.adapterVariants.${method.variant}`),
          ],
          [t('stage.competitiveness.screen.models.reduction'), formatNumber(method.reduction)],
        ] as const)
      : []),
    ...(method.type === 'bitfit'
      ? [
          [
            t('stage.competitiveness.screen.models.biases'),
            t(`stage.competitiveness.screen.models.biasesOf.${method.biases}`),
          ] as const,
        ]
      : []),
    ...(method.type === 'adalora'
      ? [[t('stage.competitiveness.screen.models.rankLast'), formatNumber(method.targetRank)] as const]
      : []),
    ...(method.type === 'lora' || method.type === 'adalora'
      ? ([
          [
            t(`stage.competitiveness.screen.models.${method.type === 'lora' ? 'rank' : 'rankFirst'}`),
            formatNumber(method.rank),
          ],
          [t('stage.competitiveness.screen.models.alpha'), formatShort(method.alpha)],
        ] as const)
      : []),
    [t('stage.competitiveness.screen.models.epochs'), formatShort(config.epochs)],
    [t('stage.competitiveness.screen.models.learningRate'), formatShort(config.learningRate)],
    [t('stage.competitiveness.screen.models.batchSize'), formatNumber(config.batchSize)],
    [t('stage.competitiveness.screen.models.maxLength'), formatNumber(config.maxLength)],
    [t('stage.competitiveness.screen.models.dropout'), formatShort(config.dropout)],
    [
      t('stage.competitiveness.screen.models.configSchedule'),
      t(`stage.competitiveness.screen.models.schedule.${config.schedule}`),
    ],
    [t('stage.competitiveness.screen.models.configWarmup'), formatShare(config.warmupShare)],
    [t('stage.competitiveness.screen.models.configDecay'), formatShort(config.weightDecay)],
    [t('training.robustness.classWeights.name'), t(`training.robustness.classWeights.options.${config.classWeights}`)],
    ...chosenOptions(t, config),
    ...tuningFacts(t, config),
    [t('stage.competitiveness.screen.models.seed'), String(config.seed)],
  ];
}

/** What is tuned at which rate, where it is not all at one. */
function tuningFacts(t: ReturnType<typeof useT>, config: NonNullable<RunRecord['config']>): readonly Fact[] {
  const { layerDecay, unfreezing, accumulation } = config;
  return [
    ...(layerDecay === undefined
      ? []
      : [[t('stage.competitiveness.screen.models.layerDecay'), formatShort(layerDecay)] as const]),
    ...(unfreezing === undefined
      ? []
      : [[t('stage.competitiveness.screen.models.unfreezing'), t('stage.competitiveness.screen.models.yes')] as const]),
    ...(accumulation === undefined
      ? []
      : [[t('stage.competitiveness.screen.models.accumulation'), formatNumber(accumulation)] as const]),
  ];
}

function outcomeFacts(t: ReturnType<typeof useT>, run: RunRecord): readonly Fact[] {
  return [
    [t('stage.competitiveness.screen.models.configSteps'), formatNumber(run.steps)],
    [
      t('stage.competitiveness.screen.models.configBest'),
      run.bestStep === null ? t('list.empty') : formatNumber(run.bestStep),
    ],
    [
      t('stage.competitiveness.screen.models.configEarly'),
      t(`stage.competitiveness.screen.models.${run.stoppedEarly ? 'yes' : 'no'}`),
    ],
    ...(run.addedRows === undefined
      ? []
      : [[t('training.robustness.augmentation.added'), formatNumber(run.addedRows)] as const]),
    ...(run.contrast === undefined ? [] : [[t('training.contrastive.result'), contrastText(t, run.contrast)] as const]),
    [t('stage.competitiveness.screen.models.configTrainable'), formatNumber(run.trainableParameters)],
    [t('stage.competitiveness.screen.models.configParameters'), formatNumber(run.parameters)],
    [
      t('stage.competitiveness.screen.models.configDev'),
      run.dev === null ? t('list.empty') : formatShare(run.dev.accuracy, 1),
    ],
    [
      t('stage.competitiveness.screen.models.configMemory'),
      run.peakMemoryMb === null ? t('list.empty') : numberWithUnit(t, run.peakMemoryMb, 'megabytes'),
    ],
    ...(run.elsewhere === undefined
      ? [
          [
            t('stage.competitiveness.screen.models.configProvider'),
            t(`providers.name.${run.provider ?? 'cpu'}`),
          ] as const,
        ]
      : []),
    [t('stage.competitiveness.screen.models.configTook'), durationText(t, run.trainDurationMs)],
    ...expectedFacts(t, run),
  ];
}

/** What was expected before the run, and what it then took. Stopped early, it is held against the expected time of the updates that it made. */
export function expectedFacts(
  t: ReturnType<typeof useT>,
  { planned, trainWallMs, steps }: Pick<RunRecord, 'planned' | 'trainWallMs' | 'steps'>,
): readonly Fact[] {
  if (planned === undefined) return [];
  const { time, peakMemoryMb, updates } = planned;
  const expected = t('training.cost.expectedIs', {
    time: durationText(t, 1000 * time.value),
    low: durationText(t, 1000 * time.low),
    high: durationText(t, 1000 * time.high),
    updates: formatNumber(updates),
    memory: numberWithUnit(t, peakMemoryMb, 'megabytes'),
  });
  const took =
    trainWallMs === undefined || trainWallMs === null
      ? t('training.cost.tookUnknown')
      : t('training.cost.tookIs', {
          time: durationText(t, trainWallMs),
          steps: formatNumber(steps),
          share: formatShare(trainWallMs / 1000 / expectedSeconds(planned, steps)),
        });
  return [
    [t('training.cost.expected'), expected],
    [t('training.cost.took'), took],
  ];
}

/** What another machine says of its training. */
function elsewhereText(t: ReturnType<typeof useT>, { jobId, file, used }: NonNullable<RunRecord['elsewhere']>): string {
  const { engine, torch, transformers, peft, python, device, processes, precision } = used;
  const versions = [`torch ${torch}`, `transformers ${transformers}`, ...(peft === null ? [] : [`peft ${peft}`])];
  return [
    jobId,
    file,
    t('stage.competitiveness.screen.models.elsewhere.machine', { engine, device, processes }),
    precision,
    ...versions,
    `Python ${python}`,
  ].join(' · ');
}

function contrastText(t: ReturnType<typeof useT>, { before, after, kept }: NonNullable<RunRecord['contrast']>): string {
  if (before === null || after === null) return t('training.contrastive.unmeasured');
  const scores = { before: formatShare(before, 1), after: formatShare(after, 1) };
  return t(kept ? 'training.contrastive.kept' : 'training.contrastive.dropped', scores);
}
