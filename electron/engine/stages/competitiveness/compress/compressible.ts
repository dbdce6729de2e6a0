import { AppError } from '../../../../../shared/errors/app-error.ts';
import { because, type Reason } from '../../../../../shared/errors/reasons.ts';
import { foreignOptions } from '../../../../../shared/stages/competitiveness/compression/technique.ts';
import { runRecordSchema } from '../../../../../shared/stages/competitiveness/results.ts';
import type { ProjectStore } from '../../../project-store.ts';
import type { CompressedParams } from '../compressed.ts';
import { required } from '../predictions.ts';
import { modelSlot } from '../project-model.ts';

/** What can be known before the queue: that the model is there, still has weights in full precision, and that the technique has these options.
 *  @throws AppError 'artifact.input-missing', 'request.invalid' */
export function assertCompressible(
  store: ProjectStore,
  { runId, technique, options = {} }: Pick<CompressedParams, 'runId' | 'technique' | 'options'>,
): void {
  const artifact = required(store, modelSlot(runId));
  const refuse = (path: string, problem: Reason) =>
    new AppError('request.invalid', { name: 'competitiveness.compress', path, problem });
  const { compression } = runRecordSchema.parse(artifact.result);
  if (compression !== null && artifact.parts.weights === undefined) {
    throw refuse(
      'runId',
      because('stored-already', { run: runId, technique: compression.technique, parent: compression.parentId }),
    );
  }
  const [foreign] = foreignOptions(technique, options);
  if (foreign !== undefined) throw refuse(`options.${foreign}`, because('no-such-option', { technique }));
}
