import { readFileSync } from 'node:fs';
import path from 'node:path';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { experimentSteps } from '../../scripts/samples/steps-experiments.ts';
import { analyseRows } from '../../shared/stages/competitiveness/experiment/analyse-experiment.ts';
import {
  type ExperimentChoice,
  experimentChoiceSchema,
} from '../../shared/stages/competitiveness/experiment/results.ts';
import { analyseUsability } from '../../shared/stages/competitiveness/usability/analyse-usability.ts';
import { usabilityChoiceSchema } from '../../shared/stages/competitiveness/usability/results.ts';

interface Planted {
  readonly experiment: { rows: number; inBothArms: string[]; effect: { understood: number; repeatContact: number } };
  readonly experimentSrm: { rows: number; arms: Record<string, string>; arrived: { today: number; faster: number } };
  readonly usability: { rows: number; incomplete: string[]; better: string; hardest: string };
}

describe.each(['zh-CN', 'en'] as const)('experiments of the sample in %s', (language) => {
  const folder = path.join(import.meta.dirname, '..', '..', 'resources', 'samples', language);
  const planted = JSON.parse(readFileSync(path.join(folder, 'planted.json'), 'utf8')) as Planted;
  const [first, second, third, strategies] = experimentSteps(language, 42).map(({ input }) => input);
  const table = (name: string) => {
    const { data } = Papa.parse<string[]>(readFileSync(path.join(folder, name), 'utf8'), { skipEmptyLines: true });
    const column = (id: string) => data.slice(1).map((row) => row[Number(id.slice(1))] ?? '');
    return { header: data[0]!, column, rows: data.length - 1 };
  };
  const read = (id: string, input: unknown, name: string) => {
    const { experimentId: _, ...rest } = input as ExperimentChoice & { experimentId: null };
    const choice = experimentChoiceSchema.parse(rest);
    const { source } = choice;
    if (source.type !== 'rows') throw new Error('not rows');
    const { column, rows } = table(name);
    const { result } = analyseRows(
      id,
      { ...choice, source },
      {
        arm: column(source.armColumn),
        unit: column(source.unitColumn!),
        metrics: source.metrics.map(({ columnId }) => column(columnId)),
      },
    );
    return { result, rows };
  };

  test('the first finds its planted effect, apart from 0, with customers of both arms left out', () => {
    const { result, rows } = read('E1', first, 'experiment.csv');
    expect(rows).toBe(planted.experiment.rows);
    expect(result.sampleRatio.blocked).toBe(false);
    expect(result.excluded.unitsInTwoArms).toBe(planted.experiment.inBothArms.length);
    const [understood, , again] = result.metrics.map(({ effects }) => effects[0]!);
    const { low, high } = understood!.difference!;
    expect(low).toBeGreaterThan(0);
    expect(low).toBeLessThanOrEqual(planted.experiment.effect.understood);
    expect(high).toBeGreaterThanOrEqual(planted.experiment.effect.understood);
    expect(again!.guardrailBreached).toBe(false);
    expect(again!.difference!.low).toBeLessThanOrEqual(planted.experiment.effect.repeatContact);
    expect(again!.difference!.high).toBeGreaterThanOrEqual(planted.experiment.effect.repeatContact);
    expect(result.arms.map(({ verdict }) => verdict)).toEqual([null, 'ship']);
  });

  test('the second is blocked by the planted logging fault', () => {
    const { result } = read('E2', second, 'experiment-srm.csv');
    const { arrived } = planted.experimentSrm;
    expect(result.arms.map(({ units }) => units)).toEqual([arrived.today, arrived.faster]);
    expect(result.units).toBeGreaterThanOrEqual(2000);
    expect(Math.abs(arrived.today / result.units - 0.46)).toBeLessThan(0.015);
    expect(result.sampleRatio.p).toBeLessThan(0.001);
    expect(result.arms[1]?.verdict).toBe('blocked');
  });

  test('usability is better after, with the planted hardest item last', () => {
    const { usabilityId: _, ...choice } = third as ReturnType<typeof usabilityChoiceSchema.parse> & {
      usabilityId: null;
    };
    const { header, column } = table('usability.csv');
    const items = choice.itemColumns.map((columnId) => ({
      columnId,
      name: header[Number(columnId.slice(1))]!,
      cells: column(columnId),
    }));
    const { result } = analyseUsability('U1', usabilityChoiceSchema.parse(choice), { items, group: column('c1') });
    expect(result).toMatchObject({ rows: planted.usability.rows, excluded: planted.usability.incomplete.length });
    expect(result.differences).toEqual([
      expect.objectContaining({ group: planted.usability.better, verdict: 'better' }),
    ]);
    const weakest = result.items.toSorted((a, b) => a.points!.value - b.points!.value)[0];
    expect(weakest?.name).toBe(planted.usability.hardest);
  });

  test('the product strategy names an arm of the first experiment', () => {
    const { others } = strategies as { others: { gains: { source: { arm: string } }[] }[] };
    const { result } = read('E1', first, 'experiment.csv');
    expect(result.arms.map(({ arm }) => arm)).toContain(others[0]?.gains[0]?.source.arm);
  });
});
