import { canonicalJson } from '../../../../../shared/data/canonical-json.ts';
import { appliedTemperature } from '../../../../../shared/stages/competitiveness/evaluation/temperature.ts';
import type { FloorsResult, TemperatureResult } from '../../../../../shared/stages/competitiveness/results.ts';
import type { PackageNotice } from '../../../../../shared/stages/landing/package/notices.ts';
import type { StorageFormat } from '../../../../../shared/train/storage.ts';
import type { StepContext } from '../../../artifacts/kind.ts';
import { testCounts } from './candidates.ts';
import type { PackedModel } from './packed-model.ts';
import { type PackageSamples, SAMPLES_NEEDED } from './samples.ts';

const POINTS_PER_UNIT = 100;

/** What whoever installs the package should know. */
export function packageNotices(
  { store, stale }: Pick<StepContext<unknown>, 'store' | 'stale'>,
  packed: PackedModel,
  built: {
    readonly precision: StorageFormat;
    readonly foreignPlatform: string | null;
    readonly temperature: TemperatureResult | null;
    readonly samples: PackageSamples;
    readonly inputs: readonly string[];
    readonly floors: FloorsResult | null;
  },
): PackageNotice[] {
  const { model, record, sources } = packed;
  const notices: PackageNotice[] = [];
  if (record.gate?.verdict === 'refused') {
    notices.push({ code: 'package-gate-refused', severity: 'blocking', params: { modelId: model.id } });
  }
  if (record.gate?.verdict === 'unproven') {
    const { tolerance } = record.gate;
    const params = { modelId: model.id, tolerance: tolerance * POINTS_PER_UNIT };
    notices.push({ code: 'package-gate-unproven', severity: 'warning', params });
  }
  const strongest = built.floors?.floors.find(({ id }) => id === built.floors?.strongestId);
  const difference = strongest === undefined ? 0 : strongest.evaluation.accuracy.value - record.test.accuracy.value;
  if (strongest !== undefined && difference > 0) {
    notices.push({
      code: 'package-below-floor',
      severity: 'warning',
      params: { floor: strongest.type, difference: difference * POINTS_PER_UNIT },
    });
  }
  if (built.precision !== model.precision) {
    notices.push({
      code: 'package-precision-unmeasured',
      severity: 'warning',
      params: { measured: model.precision, packed: built.precision },
    });
  }
  const { temperature } = built;
  if (temperature !== null && appliedTemperature(temperature) !== null && isNoBetter(temperature)) {
    const { devRows, before, after } = temperature;
    notices.push({
      code: 'package-calibration-no-better',
      severity: 'warning',
      params: { devRows, before: before.ece.value, after: after.ece.value },
    });
  }
  const tests = testCounts(store, model.id);
  if (tests === null) {
    notices.push({ code: 'package-tests-missing', severity: 'warning', params: { modelId: model.id } });
  } else if (tests.failed + tests.unclear > 0) {
    const { failed, unclear, passed } = tests;
    notices.push({
      code: 'package-tests-failed',
      severity: failed > 0 ? 'blocking' : 'warning',
      params: { failed, unclear, passed },
    });
  }
  const reasons = stale();
  const outdated = built.inputs.filter((slot) => (reasons.get(slot)?.length ?? 0) > 0);
  if (outdated.length > 0) {
    notices.push({ code: 'package-stale', severity: 'warning', params: { slots: outdated.join(', ') } });
  }
  if (built.samples.samples.length < SAMPLES_NEEDED) {
    notices.push({
      code: 'package-few-samples',
      severity: 'warning',
      params: { rows: built.samples.samples.length, needed: SAMPLES_NEEDED },
    });
  }
  if (built.foreignPlatform !== null) {
    notices.push({ code: 'package-other-platform', severity: 'warning', params: { platform: built.foreignPlatform } });
  }
  const ways = new Set(sources.map(({ recipe }) => canonicalJson([recipe.normalise, recipe.personalData])));
  if (ways.size > 1) {
    notices.push({
      code: 'package-cleaned-apart',
      severity: 'warning',
      params: { datasets: sources.map(({ name }) => name).join(', '), taken: sources[0]?.name ?? '' },
    });
  }
  if (built.samples.masked > 0) {
    notices.push({ code: 'package-samples-masked', severity: 'info', params: { rows: built.samples.masked } });
  }
  return notices;
}

/** By what the temperature minimises and by what it is for: one alone may rise by chance. */
function isNoBetter({ before, after }: TemperatureResult): boolean {
  return (['nll', 'ece'] as const).every((score) => after[score].value >= before[score].value);
}
