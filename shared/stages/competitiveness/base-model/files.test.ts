import { expect, it } from 'vitest';
import { baseModelId } from './contract.ts';
import { idFrom } from './files.ts';

it('makes ids of folder names that are taken as ids', () => {
  expect(idFrom('sentence-transformers/all MiniLM_v2 ')).toBe('sentence-transformers-all-MiniLM_v2');
  expect(idFrom('模型')).toBe('model');
  const cut = idFrom(`${'a'.repeat(63)}-large`);
  expect(cut).toBe('a'.repeat(63));
  for (const id of [idFrom('模型'), cut, idFrom('x'.repeat(80))]) expect(baseModelId.safeParse(id).success).toBe(true);
});
