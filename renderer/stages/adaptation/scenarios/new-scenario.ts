import type { Output } from '../../../../shared/contract/index.ts';
import type { Translate } from '../../../../shared/i18n/translate.ts';
import type { ScenarioLimit } from '../../../../shared/stages/adaptation/limits.ts';
import type { ErrorCost, Scenario } from '../../../../shared/stages/adaptation/results.ts';
import type { Dataset } from '../../../components/use-datasets.ts';

type Template = Output<'adaptation.templates'>[number];

/** A scenario filled in from a template, on the first cleaned dataset that has labels. */
export function scenarioFrom(
  t: Translate,
  template: Template,
  datasets: readonly Dataset[],
  needIds: readonly string[],
  limits: readonly ScenarioLimit[],
): Scenario {
  const labelled = datasets
    .filter(({ clean }) => clean !== null)
    .map(({ id, columns }) => ({ id, column: columns.find(({ role }) => role === 'label') }))
    .find(({ column }) => column !== undefined);
  const key = `stage.adaptation.screen.template.${template.id}` as const;
  return {
    name: t(`${key}.name`),
    templateId: template.id,
    users: t(`${key}.users`),
    inputs: t(`${key}.inputs`),
    data: { datasetId: labelled?.id ?? '', labelColumn: labelled?.column?.id ?? '', filter: null },
    labelMap: null,
    volumePerDay: template.volumePerDay,
    errorCosts: [],
    humanLook: template.humanLook,
    limits: [...limits],
    needIds: [...needIds],
    complianceTopics: [...template.compliance],
    complianceNotes: t(`${key}.compliance`),
  };
}

const limitKey = ({ test, needId }: ScenarioLimit) => `${test} ${needId ?? ''}`;

/** A new suggestion with what a person set kept. */
export function mergeLimits(
  held: readonly ScenarioLimit[],
  suggested: readonly ScenarioLimit[],
): readonly ScenarioLimit[] {
  const own = held.filter(({ origin }) => origin.type === 'analyst');
  const taken = new Set(own.map(limitKey));
  return [...own, ...suggested.filter((limit) => !taken.has(limitKey(limit)))];
}

/** Costs of every class: what was entered, else a miss at the given ratio to a false alarm. */
export function costsOf(held: readonly ErrorCost[], labels: readonly string[], missRatio: number): ErrorCost[] {
  return labels.map(
    (label) => held.find((entry) => entry.label === label) ?? { label, miss: missRatio, falseAlarm: 1 },
  );
}
