import { asInt32 } from '../../../artifacts/parts.ts';
import type { EngineContext } from '../../../context.ts';
import { listSelection, type Selection } from '../../../project/evidence.ts';
import { required } from '../../competitiveness/predictions.ts';

/** Test rows that went into a package as samples. */
export function packageSampleSelection({ store }: EngineContext, packageId: string): Selection {
  const artifact = required(store, `landing.package:${packageId}`);
  const row = asInt32(store.part(artifact, 'sampleRow'));
  const dataset = asInt32(store.part(artifact, 'sampleDataset'));
  return listSelection(Array.from(row, (at, i) => ({ dataset: dataset[i]!, row: at, notes: [] })));
}
