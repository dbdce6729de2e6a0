import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import type { AdaptedModel } from '../../../../shared/stages/adaptation/results.ts';
import { CompressionResults } from '../../competitiveness/compression/CompressionResults.tsx';
import { modelRows } from '../../competitiveness/compression/rows.ts';
import { RunDetail } from '../../competitiveness/models/RunDetail.tsx';
import { useAdaptation } from '../store.ts';

type ModelView = ArtifactView<AdaptedModel>;

interface Props {
  readonly view: ModelView;
  readonly models: readonly ModelView[];
}

/** One adapted model in depth, and what was made smaller of it or of its original. */
export function ModelDetail({ view, models }: Props) {
  const { id, testLock } = view.result;
  const original = originalOf(view);
  const rows = modelRows(models.filter((other) => originalOf(other) === original));
  const compressed = rows.filter((row) => row.compressed);
  const chosen = compressed.find((row) => row.id === id) ?? compressed[0];
  return (
    <>
      <RunDetail view={view} runs={models.filter(({ result }) => result.testLock === testLock)} floors={null} />
      {chosen !== undefined && (
        <CompressionResults
          rows={rows}
          chosen={chosen}
          onChoose={(selectedModel) => useAdaptation.setState({ selectedModel })}
        />
      )}
    </>
  );
}

const originalOf = ({ result }: ModelView) => result.compression?.parentId ?? result.id;
