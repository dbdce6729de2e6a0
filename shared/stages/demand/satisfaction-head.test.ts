import { describe, expect, it } from 'vitest';
import golden from '../../../test/golden/ridge.json' with { type: 'json' };
import { type DenseRows, denseRows, selectRows, sparseFromMaps } from '../../linear-algebra/sparse.ts';
import { createRng } from '../../rng.ts';
import { areaUnderRoc } from '../../statistics/area-under-roc.ts';
import { fitRidge, fitSparseRidge, ridgeSums, ridgeSumsWithout } from '../../statistics/ridge-regression.ts';
import { satisfactionHeadSchema } from './results.ts';
import { trainSatisfactionHead } from './satisfaction-head.ts';

/** Embeddings of which the first direction carries satisfaction with the given strength. */
function rated(rows: number, strength: number, toRating: (satisfaction: number) => number) {
  const rng = createRng(12);
  const columns = 16;
  const value = Float32Array.from({ length: rows * columns }, () => rng.normal());
  const satisfaction = Array.from({ length: rows }, (_, row) => {
    const latent = 0.5 + strength * value[row * columns]! + 0.1 * rng.normal();
    return toRating(Math.min(1, Math.max(0, latent)));
  });
  return { embeddings: denseRows(value, columns), satisfaction };
}
const fivePoint = (v: number) => Math.round(v * 4) / 4;
const twoPoint = (v: number) => (v > 0.6 ? 1 : 0);

describe('satisfaction head', () => {
  it('learns two values by logistic regression and predicts held-out rows', () => {
    const { embeddings, satisfaction } = rated(600, 0.2, twoPoint);
    const half = Array.from({ length: 300 }, (_, i) => i);
    const part = selectRows(embeddings, half) as DenseRows;
    const head = trainSatisfactionHead(part, satisfaction.slice(0, 300), 1)!;
    expect(satisfactionHeadSchema.parse(head.quality)).toEqual(head.quality);
    expect(head.quality).toMatchObject({ type: 'logistic', trainedOn: 300, folds: 5, usable: true, rSquared: null });
    expect(head.quality.accuracy).toBeGreaterThan(head.quality.majorityShare!);
    const predicted = head.predict(
      selectRows(
        embeddings,
        half.map((i) => i + 300),
      ),
    );
    const positive = satisfaction.slice(300).map((value) => value === 1);
    expect(Math.abs(areaUnderRoc(predicted, positive)! - head.quality.auc!)).toBeLessThan(0.07);
  });

  it('learns several values by ridge regression, on the scale of 0–1', () => {
    const { embeddings, satisfaction } = rated(400, 0.3, fivePoint);
    const head = trainSatisfactionHead(embeddings, satisfaction, 1)!;
    expect(head.quality).toMatchObject({ type: 'ridge', usable: true, auc: null });
    expect(head.quality.rSquared).toBeGreaterThan(0.6);
    const predicted = [...head.predict(embeddings)];
    expect(Math.min(...predicted)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...predicted)).toBeLessThanOrEqual(1);
  });

  it('says that it is not usable where embeddings carry nothing', () => {
    for (const rating of [twoPoint, fivePoint]) {
      const { embeddings, satisfaction } = rated(400, 0, (v) => rating((v - 0.5) * 3 + 0.6));
      expect(trainSatisfactionHead(embeddings, satisfaction, 1)!.quality.usable).toBe(false);
    }
  });

  it('is not made from too few or equal ratings', () => {
    const few = rated(49, 0.3, fivePoint);
    const same = rated(100, 0.3, () => 0.5);
    const lopsided = rated(100, 0.3, () => 1);
    lopsided.satisfaction.fill(0, 0, 5);
    for (const { embeddings, satisfaction } of [few, same, lopsided])
      expect(trainSatisfactionHead(embeddings, satisfaction, 1)).toBeNull();
  });
});

describe('beneath it', () => {
  it.each(golden.fits)(
    'ridge has the coefficients of scikit-learn at penalty $penalty',
    ({ penalty, coef, intercept }) => {
      const x = denseRows(Float32Array.from(golden.x), golden.columns);
      const sums = ridgeSums(x, golden.y);
      const twice = { ...sums, cross: sums.cross.map((value) => 2 * value) };
      const model = fitRidge(ridgeSumsWithout(twice, sums), penalty);
      expect([...model.weights, model.intercept]).toEqual(
        [...coef, intercept].map((value) => expect.closeTo(value, 5)),
      );
      // By conjugate gradients, from dense and from sparse rows.
      const maps = Array.from(
        { length: x.rows },
        (_, row) => new Map(Array.from({ length: x.columns }, (__, j) => [j, x.value[row * x.columns + j]!])),
      );
      for (const rows of [x, sparseFromMaps(maps, x.columns)]) {
        const found = fitSparseRidge(rows, golden.y, penalty, { tolerance: 1e-10 });
        expect([...found.weights, found.intercept]).toEqual(
          [...coef, intercept].map((value) => expect.closeTo(value, 5)),
        );
      }
    },
  );

  it('the area under the ROC curve is that of scikit-learn, ties included, and null for one class', () => {
    expect(areaUnderRoc(golden.scores, golden.positive)).toBeCloseTo(golden.auc, 12);
    expect(areaUnderRoc([1, 2], [true, true])).toBeNull();
  });
});
