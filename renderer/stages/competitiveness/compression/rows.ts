import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import type { RunRecord } from '../../../../shared/stages/competitiveness/results.ts';

type RunView = ArtifactView<RunRecord>;

/** A line of the table: an original with what was measured of it beside its newest compression, or a compressed model. */
export interface ModelRow {
  readonly id: string;
  readonly view: RunView;
  readonly latency: RunRecord['latency'];
  readonly sizeMb: number | null;
  readonly memoryMb: number | null;
  /** Where latency, size and memory come from. */
  readonly slot: string;
  readonly compressed: boolean;
}

/** Each original that was compressed, followed by what was made from it, newest first. A compressed model whose original was taken away stands alone. */
export function modelRows(views: readonly RunView[]): readonly ModelRow[] {
  const compressed = views.filter(({ result }) => result.kind === 'compressed').toReversed();
  const parents = new Set(compressed.map(({ result }) => result.compression?.parentId ?? ''));
  return [...parents].flatMap((parentId) => {
    const children = compressed.filter(({ result }) => result.compression?.parentId === parentId);
    const parent = views.find(({ result }) => result.id === parentId);
    return [...(parent === undefined ? [] : [originalRow(parent, children[0]!)]), ...children.map(compressedRow)];
  });
}

function originalRow(view: RunView, child: RunView): ModelRow {
  const { original } = child.result;
  return {
    id: view.result.id,
    view,
    latency: original?.latency ?? null,
    sizeMb: original?.sizeMb ?? null,
    memoryMb: original?.peakMemoryMb ?? null,
    slot: child.artifact.slot,
    compressed: false,
  };
}

function compressedRow(view: RunView): ModelRow {
  const { id, latency, sizeMb, peakMemoryMb } = view.result;
  return { id, view, latency, sizeMb, memoryMb: peakMemoryMb, slot: view.artifact.slot, compressed: true };
}
