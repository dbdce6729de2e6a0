import { AppError } from '../../../../../shared/errors/app-error.ts';
import { because, type Reason } from '../../../../../shared/errors/reasons.ts';
import { adaptedModelSchema } from '../../../../../shared/stages/adaptation/results.ts';
import { foreignOptions } from '../../../../../shared/stages/competitiveness/compression/technique.ts';
import { kindOf } from '../../../artifacts/kind.ts';
import type { ArtifactRecord } from '../../../db/repositories/artifact.ts';
import type { ProjectStore } from '../../../project-store.ts';
import { required } from '../predictions.ts';
import { modelRecord, modelSlot } from '../project-model.ts';
import type { CompressionParams } from './compress.ts';

/** What can be known before the queue: that the model is there, still has weights in full precision, and that the technique has these options.
 *  @throws AppError 'artifact.input-missing', 'request.invalid' */
export function assertCompressible(
  store: ProjectStore,
  { runId, technique, options = {} }: Pick<CompressionParams, 'runId' | 'technique' | 'options'>,
): void {
  const artifact = required(store, modelSlot(runId));
  const refuse = (path: string, problem: Reason) =>
    new AppError('request.invalid', { name: 'competitiveness.compress', path, problem });
  const stored = storedOtherwise(artifact);
  if (stored !== null) throw refuse('runId', because('stored-already', { run: runId, ...stored }));
  const [foreign] = foreignOptions(technique, options);
  if (foreign !== undefined) throw refuse(`options.${foreign}`, because('no-such-option', { technique }));
}

/** How a model is stored that has no weights of its own in full precision, and what it was made of; null for one that has. */
function storedOtherwise(artifact: ArtifactRecord): { readonly technique: string; readonly parent: string } | null {
  const { compression } = modelRecord(artifact);
  if (kindOf(artifact.slot) === 'adaptation.model') {
    // An adapted model holds its weights however it is stored.
    const { precision, sourceId } = adaptedModelSchema.parse(artifact.result);
    if (precision === 'float32' || precision === 'sparse') return null;
    return { technique: compression?.technique ?? precision, parent: compression?.parentId ?? sourceId };
  }
  if (compression === null || artifact.parts.weights !== undefined) return null;
  return { technique: compression.technique, parent: compression.parentId };
}
