import type { ArtifactView } from '../../../shared/contract/artifact.ts';
import type { Input } from '../../../shared/contract/index.ts';
import { formatNumber } from '../../../shared/i18n/number.ts';
import {
  type PlannedRecipe,
  sameCost,
  type TrainingPlan,
} from '../../../shared/stages/competitiveness/training-plan.ts';
import type { RunConfig } from '../../../shared/train/run-config.ts';
import { COST_PARTS } from '../../../shared/train/training-cost.ts';
import { useT } from '../../app/language.ts';
import { InspectedNumber } from '../InspectedNumber.tsx';
import { JobButton } from '../JobButton.tsx';
import { numberWithUnit } from '../NumberText.tsx';
import { durationText } from '../time.ts';
import type { ViewState } from '../use-view.ts';
import { ViewNotice } from '../ViewNotice.tsx';

type PlanRequest =
  | 'competitiveness.planTraining'
  | 'competitiveness.planTaskTraining'
  | 'adaptation.planTraining'
  | 'service.planTraining';

interface Props<N extends PlanRequest> {
  readonly view: ViewState<ArtifactView<TrainingPlan> | null>;
  /** The base model or source that is chosen now. */
  readonly modelId: string;
  readonly config: RunConfig;
  /** Trainings of it, one after another. */
  readonly seeds: number;
  /** What measures, what it is told of so many recipes, and the slot that it fills. */
  readonly request: N;
  readonly input: (configs: RunConfig[]) => Input<N>;
  readonly slot: string;
  /** Why nothing can be measured now. */
  readonly missing: string | null;
  /** Recipes to be measured beside it; where there are none, none are offered. */
  readonly others: readonly RunConfig[];
  readonly onTake: (config: RunConfig) => void;
}

/** What the recipe, and others beside it, would cost on this machine. */
export function TrainingCost<N extends PlanRequest>(props: Props<N>) {
  const { view, modelId, config, seeds, request, input, slot, missing, others, onTake } = props;
  const t = useT();
  const found = view.value ?? null;
  const plan = found !== null && found.result.modelId === modelId ? found : null;
  const isMeasured = plan?.result.recipes.some((recipe) => sameCost(recipe.config, config)) ?? false;
  return (
    <section className="training-cost" data-testid="training-cost" aria-label={t('training.cost.title')}>
      <h3>{t('training.cost.title')}</h3>
      <p className="muted small">{t('training.cost.lead')}</p>
      <div className="form-row">
        <JobButton
          request={request}
          input={input([config])}
          slot={slot}
          label={t('training.cost.measure')}
          missing={missing}
          testId="training-cost-measure"
        />
        {others.length > 0 && (
          <JobButton
            request={request}
            input={input([config, ...others])}
            // Its progress shows in the button beside it.
            slot=""
            label={t('training.cost.compare')}
            missing={missing}
            testId="training-cost-compare"
          />
        )}
      </div>
      <ViewNotice view={view} />
      {plan !== null && (
        <>
          {plan.artifact.stale.length > 0 && <p className="tag tag-attention">▲ {t('training.cost.stale')}</p>}
          {!isMeasured && <p className="tag tag-attention">{t('training.cost.changed')}</p>}
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">{t('training.cost.recipe')}</th>
                <th scope="col">{t('training.cost.updates')}</th>
                <th scope="col">{t('training.cost.minutes')}</th>
                <th scope="col">{t('training.cost.startShare')}</th>
                <th scope="col">{t('training.cost.memory')}</th>
                <th scope="col">{t('training.cost.fit')}</th>
                <th scope="col">
                  <span className="visually-hidden">{t('training.cost.take')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {plan.result.recipes.map((recipe) => (
                <RecipeRow
                  key={JSON.stringify(recipe.config)}
                  recipe={recipe}
                  rows={plan.result.trainRows}
                  slot={plan.artifact.slot}
                  isChosen={sameCost(recipe.config, config)}
                  onTake={() => onTake({ ...recipe.config, seed: config.seed })}
                />
              ))}
            </tbody>
          </table>
          {seeds > 1 && <p className="small">{t('training.cost.perSeed', { seeds })}</p>}
          <p className="muted small">{machineText(t, plan.result)}</p>
        </>
      )}
    </section>
  );
}

interface RowProps {
  readonly recipe: PlannedRecipe;
  /** Training rows. */
  readonly rows: number;
  readonly slot: string;
  readonly isChosen: boolean;
  readonly onTake: () => void;
}

function RecipeRow({ recipe: { config, measured }, rows, slot, isChosen, onTake }: RowProps) {
  const t = useT();
  const name = t('training.cost.named', {
    method: t(`stage.competitiveness.screen.models.methods.${config.method.type}`),
    epochs: formatNumber(config.epochs, config.epochs % 1 === 0 ? 0 : 1),
  });
  const opened = (figure: 'updates' | 'minutes' | 'startShare' | 'memory') => ({
    title: `${name} · ${t(`training.cost.${figure}`)}`,
    ...(figure === 'minutes' || measured === null
      ? {}
      : { method: t(`training.cost.methodOf.${figure}`, { measured: measured.time.measured, rows }) }),
    slot,
  });
  return (
    <tr className={isChosen ? 'row-chosen' : ''} data-testid={`training-cost-${config.method.type}`}>
      <th scope="row">
        {name} {isChosen && <span className="muted">{t('training.cost.chosen')}</span>}
      </th>
      {measured === null ? (
        <td colSpan={5}>
          <span className="tag tag-failed">{t('training.cost.lost')}</span>
        </td>
      ) : (
        <>
          <td>
            <InspectedNumber value={measured.updates} inspected={opened('updates')} />
          </td>
          <td>
            <InspectedNumber
              value={measured.time.value / 60}
              unit="plain"
              decimals={1}
              interval={[measured.time.low / 60, measured.time.high / 60]}
              inspected={{ ...opened('minutes'), method: methodText(t, measured) }}
              testId="training-cost-minutes"
            />
          </td>
          <td>
            <InspectedNumber
              value={measured.time.parts.start / measured.time.value}
              unit="share"
              decimals={0}
              inspected={opened('startShare')}
            />
          </td>
          <td>
            <InspectedNumber value={measured.peakMemoryMb} unit="megabytes" inspected={opened('memory')} />
          </td>
          <td>
            <span className={FIT_TAGS[measured.fit]}>{t(`training.cost.fits.${measured.fit}`)}</span>
          </td>
        </>
      )}
      <td>
        {!isChosen && (
          <button type="button" className="link" onClick={onTake}>
            {t('training.cost.take')}
          </button>
        )}
      </td>
    </tr>
  );
}

const FIT_TAGS = { fits: 'tag', tight: 'tag tag-attention', 'too-large': 'tag tag-failed' } as const;

function methodText(t: ReturnType<typeof useT>, { updates, time }: NonNullable<PlannedRecipe['measured']>): string {
  const parts = COST_PARTS.filter((part) => time.parts[part] > 0)
    .map((part) =>
      t('training.cost.partTook', {
        part: t(`training.cost.part.${part}`),
        time: durationText(t, 1000 * time.parts[part]),
      }),
    )
    .join(t('training.cost.between'));
  return t('training.cost.method', { measured: time.measured, updates: formatNumber(updates), parts });
}

function machineText(t: ReturnType<typeof useT>, plan: TrainingPlan): string {
  return t('training.cost.machine', {
    train: formatNumber(plan.trainRows),
    dev: formatNumber(plan.devRows),
    threads: plan.threads,
    provider: t(`providers.name.${plan.provider}`),
    free: numberWithUnit(t, plan.freeMemoryMb, 'megabytes'),
    total: numberWithUnit(t, plan.totalMemoryMb, 'megabytes'),
  });
}
