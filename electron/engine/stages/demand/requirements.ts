import { z } from 'zod';
import { packStrings } from '../../../../shared/data/string-table.ts';
import { labelsResultSchema } from '../../../../shared/stages/competitiveness/results.ts';
import { LANGUAGES } from '../../../../shared/stages/demand/clean/language.ts';
import { requirementsResultSchema, type Targets, targetsSchema } from '../../../../shared/stages/demand/results.ts';
import { defineKind } from '../../artifacts/kind.ts';
import { asInt32 } from '../../artifacts/parts.ts';
import { cleanedRows } from './cleaned-rows.ts';
import { demandDatasetIds, hasRole } from './columns.ts';
import { adoptionInputs, columnInputs, standing } from './inputs.ts';

const NO_TARGETS: Targets = { accuracy: null, latencyMs: null, explainability: null, privacy: null };

/** What the next stages must meet: counted from the data, or entered by the analyst, or not set. */
export const requirementsKind = defineKind({
  name: 'demand.requirements',
  stage: 'demand',
  lane: 'compute',
  revision: 1,
  params: z.strictObject({}),
  result: requirementsResultSchema,
  pausable: false,
  training: false,
  inputs: (_params, slots) => [
    ...columnInputs(
      slots,
      demandDatasetIds(slots).filter((id) => hasRole(slots, id, 'text')),
    ),
    ...adoptionInputs(slots),
    ...standing(slots, ['demand.targets', 'competitiveness.labels']),
  ],
  defaultParams: () => ({}),
  async run({ store, input, part, compute, signal, progress }) {
    const ids = demandDatasetIds(store).filter((id) => hasRole(store, id, 'text'));
    const texts: string[] = [];
    const languages: (string | null)[] = [];
    const dates: (string | null)[] = [];
    for (const id of ids) {
      const clean = input(`demand.clean:${id}`);
      const cleaned = cleanedRows(store, id, clean);
      const codes = part(clean, 'language');
      const months = cleaned.months();
      cleaned.texts().forEach((text, index) => {
        if (text === '') return;
        texts.push(text);
        languages.push(LANGUAGES[codes[cleaned.rows[index]!] ?? -1] ?? null);
        const month = months?.[index] ?? null;
        dates.push(month === null ? null : `${month}-01`);
      });
    }
    const labels = store.current('competitiveness.labels');
    const classes = labels === undefined ? [] : labelsResultSchema.parse(labels.result).classes;
    const result = await compute.run(
      'demand.requirements',
      {
        texts: packStrings(texts),
        languages,
        dates,
        slot: ids[0] === undefined ? 'demand.clean' : `demand.clean:${ids[0]}`,
        labels:
          labels === undefined
            ? null
            : {
                values: Array.from(asInt32(part(labels, 'label')), (label) => classes[label]?.label ?? ''),
                slot: labels.slot,
              },
        targets: targetsSchema.parse(store.current('demand.targets')?.params ?? NO_TARGETS),
      },
      { signal, onProgress: progress },
    );
    return { type: 'done', result };
  },
});
