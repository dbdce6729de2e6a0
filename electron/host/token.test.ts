import { expect, it, vi } from 'vitest';

const compared: (readonly [number, number])[] = [];
vi.mock('node:crypto', async (original) => {
  const crypto = await original<typeof import('node:crypto')>();
  return {
    ...crypto,
    timingSafeEqual: (a: NodeJS.ArrayBufferView, b: NodeJS.ArrayBufferView) => {
      compared.push([a.byteLength, b.byteLength]);
      return crypto.timingSafeEqual(a, b);
    },
  };
});
const { createTokenGate } = await import('./token.ts');

it('compares every candidate in the same time, whatever its length and however much of it is right (T19)', () => {
  const gate = createTokenGate();
  const candidates = ['', 'x', gate.token.slice(0, -1), `${gate.token}x`, 'y'.repeat(100_000), createTokenGate().token];
  expect(candidates.map((candidate) => gate.accepts(candidate))).toEqual(candidates.map(() => false));
  expect(gate.accepts(gate.token)).toBe(true);
  // Digests of one length are compared, and by the function that does not stop at the first difference.
  expect(compared).toEqual([...candidates, gate.token].map(() => [32, 32]));
});

it('holds 256 bits that are new at each launch, in letters that an address may hold', () => {
  const tokens = new Set(Array.from({ length: 100 }, () => createTokenGate().token));
  expect(tokens.size).toBe(100);
  for (const token of tokens) expect(token).toMatch(/^[\w-]{43}$/);
  expect(createTokenGate().bits).toBe(256);
});

it.each([undefined, '', 'Bearer', 'Bearer ', 'bearer TOKEN', 'Basic TOKEN', 'TOKEN', ' Bearer TOKEN', 'Bearer TOKEN '])(
  'takes no header like %j',
  (form) => {
    const gate = createTokenGate();
    expect(gate.acceptsHeader(form?.replace('TOKEN', gate.token))).toBe(false);
  },
);
