import type { z } from 'zod';
import type { ArtifactInfo, ArtifactView } from '../contract/artifact.ts';
import type { ReportChoice, ReportSection } from '../contract/report.ts';
import type { Language, Translate } from '../i18n/translate.ts';
import type { AboveFloor } from '../stages/competitiveness/results.ts';

/** Everything a report is made from; nothing else is read. */
export interface ReportInput {
  readonly choice: ReportChoice;
  readonly project: {
    readonly name: string;
    readonly customer: string;
    readonly period: string;
    readonly sample: boolean;
    readonly dataVersion: number;
  };
  readonly madeAt: string;
  readonly appVersion: string;
  readonly audit: { readonly entries: number; readonly intact: boolean };
  /** Sections to print, in the order of the method. */
  readonly sections: readonly ReportSection[];
  /** Artifacts of these sections and everything that they were made from. */
  readonly artifacts: readonly { readonly info: ArtifactInfo; readonly result: unknown }[];
  /** Cleaned texts of the heaviest needs, by need. */
  readonly quotes: ReadonlyMap<string, readonly Quote[]>;
  /** Runs, and what was compressed from them, against the strongest simple method, by id; only those that share its test rows. */
  readonly aboveFloor: ReadonlyMap<string, AboveFloor>;
}

export interface Quote {
  readonly datasetId: string;
  readonly datasetName: string;
  /** Zero-based. */
  readonly row: number;
  readonly text: string;
}

/** What the writer of a section works with. */
export interface SectionReader {
  readonly t: Translate;
  readonly language: Language;
  /** The artifact of a slot with its result; null where there is none, or where its result was made by an older version that is no longer understood. */
  view<S extends z.ZodType>(slot: string, schema: S): ArtifactView<z.output<S>> | null;
  quotes(needId: string): readonly Quote[];
  /** Null where nothing was measured on the same test rows. */
  aboveFloor(runId: string): AboveFloor | null;
  /** All artifacts of a kind, in the order of their keys. */
  views<S extends z.ZodType>(kind: string, schema: S): readonly ArtifactView<z.output<S>>[];
}

export interface Reading {
  readonly reader: SectionReader;
  /** Slots whose results could not be understood. */
  readonly unreadable: ReadonlySet<string>;
}

export function readingOf(input: ReportInput, t: Translate): Reading {
  const bySlot = new Map(input.artifacts.map((artifact) => [artifact.info.slot, artifact]));
  const unreadable = new Set<string>();
  const view: SectionReader['view'] = (slot, schema) => {
    const artifact = bySlot.get(slot);
    if (artifact === undefined) return null;
    const parsed = schema.safeParse(artifact.result);
    if (!parsed.success) {
      unreadable.add(slot);
      return null;
    }
    return { artifact: artifact.info, result: parsed.data };
  };
  const views: SectionReader['views'] = (kind, schema) =>
    [...bySlot.keys()]
      .filter((slot) => slot === kind || slot.startsWith(`${kind}:`))
      .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
      .flatMap((slot) => view(slot, schema) ?? []);
  const quotes = (needId: string) => input.quotes.get(needId) ?? [];
  const aboveFloor = (runId: string) => input.aboveFloor.get(runId) ?? null;
  return { reader: { t, language: input.choice.language, view, views, quotes, aboveFloor }, unreadable };
}
