import { describe, expect, it } from 'vitest';
import golden from '../../test/golden/tables.json' with { type: 'json' };
import { correctedResampledMean } from './corrected-resampled-mean.ts';
import { areaInterval, delongArea } from './delong.ts';
import { ascending, kolmogorovSmirnov } from './kolmogorov-smirnov.ts';

describe('the area under the ROC curve', () => {
  it('is that of scikit-learn, with the standard error of DeLong as confidenceinterval has it', () => {
    for (const { event, score, area, se, sklearn } of golden.areas) {
      const found = delongArea(
        score,
        event.map((each) => each === 1),
      )!;
      expect(found.value).toBeCloseTo(sklearn, 12);
      // Its mid-ranks are float32.
      expect(found.value).toBeCloseTo(area, 6);
      expect(found.standardError).toBeCloseTo(se, 6);
    }
  });

  it('has an interval within [0, 1], no error from a single row of a class, and no value without both classes', () => {
    expect(areaInterval(0.95, 0.1)[1]).toBe(1);
    expect(delongArea([1, 2, 3], [false, false, true])).toEqual({ value: 1, standardError: null });
    expect(delongArea([1, 2], [true, true])).toBeNull();
  });
});

describe('the Kolmogorov–Smirnov statistic', () => {
  it('is that of scipy', () => {
    for (const { event, score, ks } of golden.areas) {
      const isEvent = event.map((each) => each === 1);
      expect(kolmogorovSmirnov(score, isEvent)).toBeCloseTo(ks, 12);
    }
  });

  it('counts a row of weight 2 twice and is undefined without both classes', () => {
    const twice = kolmogorovSmirnov([1, 2, 3, 4, 4], [false, true, false, true, true]);
    const weighted = kolmogorovSmirnov([1, 2, 3, 4], [false, true, false, true], ascending([1, 2, 3, 4]), [1, 1, 1, 2]);
    expect(weighted).toBe(twice);
    expect(kolmogorovSmirnov([1, 2], [true, true])).toBeNull();
  });
});

describe('a mean over overlapping splits', () => {
  it('has the corrected interval and p, by scipy’s t', () => {
    for (const { values, ratio, mean, low, high, p } of golden.corrected) {
      const found = correctedResampledMean(values, ratio)!;
      expect([found.value, found.low, found.high, found.p]).toEqual(
        [mean, low, high, p].map((expected) => expect.closeTo(expected, 9)),
      );
    }
  });

  it('is undefined for one split and has no p where nothing varies', () => {
    expect(correctedResampledMean([0.1], 0.25)).toBeNull();
    expect(correctedResampledMean([0.1, 0.1], 0.25)!.p).toBeNull();
  });
});
