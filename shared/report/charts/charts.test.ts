import { expect, it } from 'vitest';
import { scatterChart } from './scatter-chart.ts';
import { shareBars } from './share-bars.ts';
import { fitted, textWidth } from './svg.ts';
import { trendChart } from './trend-chart.ts';
import { whiskerChart } from './whisker-chart.ts';

const numbersOf = (svg: string, name: string, attribute: string) =>
  [...svg.matchAll(new RegExp(`<${name} [^>]*?\\b${attribute}="([^"]*)"`, 'g'))].map(([, value]) => Number(value));

it('a whisker spans its interval and holds its value, all on one axis', () => {
  const svg = whiskerChart({
    title: 'Weights',
    axis: 'weight',
    formatTick: String,
    include: [0],
    points: [
      { name: 'first', value: 0.5, low: 0.25, high: 0.75, text: '' },
      { name: 'second', value: 0.25, low: 0, high: 0.5, text: '' },
    ],
  });
  const [first = 0, second = 0] = numbersOf(svg, 'circle', 'cx');
  const whiskers = [...svg.matchAll(/<line x1="([\d.]+)" y1="([\d.]+)" x2="([\d.]+)" y2="\2" /g)].map(
    ([, from, , to]) => [Number(from), Number(to)],
  );
  expect(whiskers).toHaveLength(2);
  // 0.25 is the lower bound of the first and the value of the second; 0.5 the other way round.
  expect(whiskers[0]?.[0]).toBeCloseTo(second, 1);
  expect(whiskers[1]?.[1]).toBeCloseTo(first, 1);
});

it('what was not measured is not drawn', () => {
  const point = { name: 'none', value: null, low: null, high: null };
  const whisker = whiskerChart({
    title: 'x',
    axis: 'x',
    formatTick: String,
    points: [{ ...point, text: 'not measured' }],
  });
  const trend = trendChart({ title: 'x', axis: 'x', formatTick: String, points: [point, { ...point, value: 1 }] });
  expect([numbersOf(whisker, 'circle', 'cx').length, numbersOf(trend, 'circle', 'cx').length]).toEqual([0, 1]);
  expect(whisker).toContain('not measured');
});

it('a bar is as long as its share', () => {
  const svg = shareBars('x', [
    { name: 'half', share: 0.5, text: '50 %' },
    { name: 'all', share: 1, text: '100 %' },
  ]);
  const [full = 0, half, whole, all] = numbersOf(svg, 'rect', 'width');
  expect([half, whole, all]).toEqual([full / 2, full, full]);
});

it('names from outside are words in a chart, whatever they look like', () => {
  const svg = scatterChart({
    title: '<script>alert(1)</script>',
    axisX: 'x',
    axisY: 'y',
    formatX: String,
    formatY: String,
    points: [{ name: '"><b>&', x: 1, y: 2, low: 1, high: 3, best: true }],
  });
  expect(svg).not.toMatch(/<(script|b)\b/);
  expect(svg).toContain('&quot;&gt;&lt;b&gt;&amp;');
});

it('a long name is cut to its room, a wide one sooner', () => {
  expect([textWidth('需求', 10), fitted('short', 100)]).toEqual([20, 'short']);
  const cut = fitted('客户要求每个决定都附理由', 60);
  expect(cut.endsWith('…')).toBe(true);
  expect(textWidth(cut)).toBeLessThanOrEqual(60);
});
