import type { Output } from '../../../../shared/contract/index.ts';
import { DEMAND_DATASET_KINDS } from '../../../../shared/stages/demand/contract.ts';
import { needsResultSchema } from '../../../../shared/stages/demand/results.ts';
import { changedPremises, needLinks } from '../../../../shared/stages/service/demand-change/changed-premises.ts';
import { matchNeeds, type NeedsVersion } from '../../../../shared/stages/service/demand-change/match-needs.ts';
import { asInt32 } from '../../artifacts/parts.ts';
import type { EngineContext } from '../../context.ts';
import type { ArtifactRecord } from '../../db/repositories/artifact.ts';
import type { ProjectStore } from '../../project-store.ts';
import { allDatasetIds, datasetResult } from '../demand/columns.ts';

/** Kinds that can be made part of D later. */
const ADOPTABLE = ['round', 'tickets'];
const NEEDS = 'demand.needs';

export function isAdoptable(store: ProjectStore, datasetId: string): boolean {
  return ADOPTABLE.includes(datasetResult(store, datasetId).kind);
}

/** f1 before data was adopted and now, what is out of date, and which decisions stand on a need that moved. */
export function demandChange({ store, stale }: EngineContext): Output<'service.demandChange'> {
  const datasets = allDatasetIds(store).map((datasetId) => ({ datasetId, dataset: datasetResult(store, datasetId) }));
  const later = datasets.filter(({ dataset }) => !DEMAND_DATASET_KINDS.some((kind) => kind === dataset.kind));
  const adoptionOf = (datasetId: string) => store.current(`demand.adoption:${datasetId}`);
  const adopted = later.flatMap(({ datasetId, dataset: { name, rowCount } }) => {
    const adoption = adoptionOf(datasetId);
    return adoption === undefined ? [] : [{ datasetId, name, rows: rowCount, adoptedAt: adoption.createdAt }];
  });
  const reasons = stale();
  const current = store.current(NEEDS);
  const laterCleans = new Set(later.map(({ datasetId }) => `demand.clean:${datasetId}`));
  const versions = store.artifacts.versions(NEEDS);
  // The last f1 that read none of the data that came later.
  const before = versions.findLast(({ inputs }) => !inputs.some(({ slot }) => laterCleans.has(slot)));
  const needs =
    before === undefined || current === undefined || before.id === current.id
      ? []
      : matchNeeds(versionOf(store, before), versionOf(store, current));
  const links = store.artifacts
    .allCurrent()
    .filter(({ stage }) => stage !== 'demand')
    .flatMap(({ slot, params }) => needLinks(params).map((link) => ({ slot, ...link })));
  return {
    adopted,
    candidates: later
      .filter(({ datasetId }) => adoptionOf(datasetId) === undefined && isAdoptable(store, datasetId))
      .map(({ datasetId, dataset: { name, rowCount } }) => ({ datasetId, name, rows: rowCount })),
    before: before === undefined ? null : versionInfo(before, false),
    now: current === undefined ? null : versionInfo(current, (reasons.get(NEEDS)?.length ?? 0) > 0),
    needs,
    stale: [...reasons].filter(([, found]) => found.length > 0).map(([slot]) => slot),
    premises: changedPremises(links, needs),
  };
}

function versionInfo({ id, version, createdAt }: ArtifactRecord, isStale: boolean) {
  return { artifactId: id, version, createdAt, stale: isStale };
}

function versionOf(store: ProjectStore, artifact: ArtifactRecord): NeedsVersion {
  const dataset = asInt32(store.part(artifact, 'dataset'));
  const row = asInt32(store.part(artifact, 'row'));
  const need = asInt32(store.part(artifact, 'need'));
  return {
    needs: needsResultSchema.parse(artifact.result).needs,
    needOfRow: new Map(Array.from(need, (of, at) => [`${dataset[at]}/${row[at]}`, of] as const)),
  };
}
