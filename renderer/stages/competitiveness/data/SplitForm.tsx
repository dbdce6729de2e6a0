import type { Output } from '../../../../shared/contract/index.ts';
import { type SplitChoice, splitChoiceSchema } from '../../../../shared/stages/competitiveness/split-choice.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { JobButton } from '../../../components/JobButton.tsx';
import type { Dataset } from '../../../components/use-datasets.ts';
import { changeSplit, useCompetitiveness } from '../store.ts';
import { fittingModel } from '../use-results.ts';
import { DEFAULT_TEST, SPLIT_DEFAULTS, SplitFields, TestFields, testMissing } from './SplitFields.tsx';

interface Props {
  readonly datasets: readonly Dataset[];
  readonly models: Output<'competitiveness.baseModels'>;
  readonly labels: Output<'competitiveness.labels'>;
  readonly prepared: Output<'competitiveness.preparedData'>;
  readonly runCount: number;
}

/** The form of the split as entered, else as it was made last, else the defaults. */
function useSplitChoice({ models, labels, prepared }: Props): SplitChoice & { readonly seed: number } {
  const entered = useCompetitiveness((state) => state.split);
  const defaultSeed = useCompetitiveness((state) => state.seed);
  const held = splitChoiceSchema.safeParse(prepared?.artifact.params);
  return {
    test: DEFAULT_TEST,
    modelId: fittingModel(models, labels?.result.language) ?? '',
    ...SPLIT_DEFAULTS,
    seed: prepared?.artifact.seed ?? defaultSeed,
    ...(held.success ? held.data : {}),
    ...entered,
  };
}

/** How test rows are set aside, and by whose tokeniser lengths are counted. */
export function SplitForm(props: Props) {
  const t = useT();
  const { datasets, models, labels, prepared, runCount } = props;
  const choice = useSplitChoice(props);
  const missing = labels === null ? t('stage.competitiveness.screen.data.labelsFirst') : testMissing(t, choice.test);
  return (
    <Card title={t('stage.competitiveness.screen.data.split')} testId="competitiveness-data-split-form">
      <p className="muted">{t('stage.competitiveness.screen.data.splitHint')}</p>
      <div className="form-grid">
        <TestFields test={choice.test} datasets={datasets} onChange={(test) => changeSplit({ test })} />
        <SplitFields split={choice} models={models} onChange={changeSplit} />
      </div>
      {prepared !== null && runCount > 0 && (
        <p className="attention-words">
          ▲ {t('stage.competitiveness.screen.data.prepareWarning', { count: runCount })}
        </p>
      )}
      <JobButton
        request="competitiveness.prepareData"
        input={choice}
        slot="competitiveness.split"
        label={t(`stage.competitiveness.screen.data.${prepared === null ? 'prepare' : 'prepareAgain'}`)}
        primary={labels !== null && prepared === null}
        missing={missing}
        onStarted={() => useCompetitiveness.setState({ split: {} })}
        testId="competitiveness-data-split"
      />
    </Card>
  );
}
