import { expect, it } from 'vitest';
import { createRefusals } from './refusals.ts';

it('refusals are counted by kind, the newest fifty kept, without query, fragment, control characters or great length', () => {
  let minute = 0;
  const refusals = createRefusals(() => new Date(Date.UTC(2026, 0, 1, 0, minute++)));
  refusals.add('no-token', 'POST /api/call?token=secret#token=secret');
  refusals.add('page-address', `https://evil.test/${'x'.repeat(500)}`);
  refusals.add('no-token', 'a\u0000b\nc');
  expect(refusals.read()).toEqual({
    total: 3,
    byKind: [
      { kind: 'no-token', count: 2 },
      { kind: 'page-address', count: 1 },
    ],
    last: [
      { at: '2026-01-01T00:02:00.000Z', kind: 'no-token', what: 'a b c' },
      { at: '2026-01-01T00:01:00.000Z', kind: 'page-address', what: `https://evil.test/${'x'.repeat(142)}` },
      { at: '2026-01-01T00:00:00.000Z', kind: 'no-token', what: 'POST /api/call' },
    ],
  });
  for (let n = 0; n < 100; n++) refusals.add('too-large', `${n}`);
  expect(refusals.read().last).toHaveLength(50);
  expect(refusals.total()).toBe(103);
});
