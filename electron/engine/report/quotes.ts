import type { Quote } from '../../../shared/report/input.ts';
import { needsResultSchema, topicsResultSchema } from '../../../shared/stages/demand/results.ts';
import { stringAt } from '../artifacts/parts.ts';
import type { ProjectStore } from '../project-store.ts';
import { datasetName } from '../stages/demand/columns.ts';
import { needSelection } from '../stages/demand/selections.ts';

const QUOTED_NEEDS = 3;
const QUOTES_PER_NEED = 3;

/** Cleaned texts that speak of the heaviest needs: those nearest to the centre of a topic first, else spread over all its rows. */
export function quotesOfNeeds(store: ProjectStore): ReadonlyMap<string, readonly Quote[]> {
  const artifact = store.current('demand.needs');
  const needs = artifact === undefined ? null : needsResultSchema.safeParse(artifact.result);
  if (needs?.success !== true) return new Map();
  const topics = topicsResultSchema.safeParse(store.current('demand.topics')?.result);
  const central = (topics.success ? topics.data.topics : [])
    .flatMap(({ representatives, size }) =>
      representatives.map(({ datasetId, row }, place) => ({ datasetId, row, place, size })),
    )
    .sort((a, b) => a.place - b.place || b.size - a.size);
  const top = needs.data.needs.toSorted((a, b) => a.rank - b.rank).slice(0, QUOTED_NEEDS);
  return new Map(
    top.map(({ id }) => {
      const selection = needSelection({ store }, id, null);
      const rows = selection.page(0, selection.total).map(({ dataset, row }) => ({ datasetId: `d${dataset}`, row }));
      const own = new Set(rows.map(({ datasetId, row }) => `${datasetId}/${row}`));
      const spread = rows.filter(
        (_, index) => index % Math.max(1, Math.floor(rows.length / (QUOTES_PER_NEED * 8))) === 0,
      );
      const quotes: Quote[] = [];
      for (const { datasetId, row } of [
        ...central.filter((found) => own.has(`${found.datasetId}/${found.row}`)),
        ...spread,
      ]) {
        const text = cleanedText(store, datasetId, row);
        if (text === null || quotes.some((quote) => quote.text === text)) continue;
        quotes.push({ datasetId, datasetName: datasetName(store, datasetId), row, text });
        if (quotes.length === QUOTES_PER_NEED) break;
      }
      return [id, quotes];
    }),
  );
}

/** Text of a row as cleaning left it, personal data masked where that was asked for; never the raw text. */
function cleanedText(store: ProjectStore, datasetId: string, row: number): string | null {
  const clean = store.current(`demand.clean:${datasetId}`);
  if (clean?.parts.textBytes === undefined) return null;
  return stringAt(store.part(clean, 'textBytes'), store.part(clean, 'textOffsets'), row) || null;
}
