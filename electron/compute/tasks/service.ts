import { type StringTable, unpackStrings } from '../../../shared/data/string-table.ts';
import { createRng } from '../../../shared/rng.ts';
import { contentTokens } from '../../../shared/stages/demand/text/segment.ts';
import { STOP_WORDS } from '../../../shared/stages/demand/text/stop-words.ts';
import { type BacklogInput, rankBacklog } from '../../../shared/stages/service/backlog/rank-backlog.ts';
import { type DriftInput, type DriftOutput, measureDrift } from '../../../shared/stages/service/drift/measure-drift.ts';
import type { BacklogItem, RoundsComputed } from '../../../shared/stages/service/results.ts';
import { computeRounds, type RoundInput } from '../../../shared/stages/service/rounds/compute-rounds.ts';
import {
  analyseTickets,
  type TicketsInput,
  type TicketsOutput,
} from '../../../shared/stages/service/tickets/analyse-tickets.ts';
import {
  summariseTriage,
  type TriageInput,
  type TriageOutput,
} from '../../../shared/stages/service/triage/summarise-triage.ts';
import { wordSegmenter } from '../segmenter.ts';
import type { ComputeTask } from '../task.ts';

export const ticketsTask: ComputeTask<
  Omit<TicketsInput, 'cells'> & {
    readonly cells: Readonly<Record<string, { readonly name: string; readonly values: StringTable }>>;
  },
  TicketsOutput
> = {
  run({ cells, ...rest }) {
    const unpacked = Object.entries(cells).map(
      ([id, { name, values }]) => [id, { name, values: unpackStrings(values) }] as const,
    );
    return analyseTickets({ ...rest, cells: Object.fromEntries(unpacked) });
  },
};

export const triageTask: ComputeTask<TriageInput, TriageOutput> = { run: summariseTriage };

export const roundsTask: ComputeTask<readonly RoundInput[], RoundsComputed> = { run: computeRounds };

interface PackedSide {
  readonly texts: StringTable;
  readonly vectors: Float32Array;
}

/** The model's answers come as logits [texts × labels]; words are found here, where the dictionary is. */
export const driftTask: ComputeTask<
  Omit<DriftInput, 'reference' | 'current' | 'currentLabels' | 'onProgress'> & {
    readonly reference: PackedSide;
    readonly current: PackedSide;
    readonly logits: Float32Array;
  },
  DriftOutput & { readonly currentLabels: Int32Array }
> = {
  run({ logits, reference, current, ...rest }, context) {
    const segment = wordSegmenter();
    const side = ({ texts, vectors }: PackedSide) => {
      const unpacked = unpackStrings(texts);
      return {
        texts: unpacked,
        vectors,
        words: unpacked.map((text) => new Set(contentTokens(segment(text), STOP_WORDS))),
      };
    };
    const classes = rest.labels.length;
    const currentLabels = Int32Array.from({ length: logits.length / classes }, (_, row) => {
      const cells = logits.subarray(row * classes, (row + 1) * classes);
      return cells.reduce((best, value, at) => (value > cells[best]! ? at : best), 0);
    });
    const found = measureDrift({
      ...rest,
      reference: side(reference),
      current: side(current),
      currentLabels,
      onProgress: (fraction) =>
        context.progress({ fraction, phase: 'permuting', done: 0, total: null, unit: '', rate: null, etaMs: null }),
    });
    return { ...found, currentLabels };
  },
};

export const backlogTask: ComputeTask<Omit<BacklogInput, 'rng'> & { readonly seed: number }, BacklogItem[]> = {
  run: ({ seed, ...rest }) => rankBacklog({ ...rest, rng: createRng(seed) }),
};
