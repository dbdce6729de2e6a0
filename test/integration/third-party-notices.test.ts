import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { thirdPartyNotices } from '../../scripts/licences/notices.ts';
import { productionPackages } from '../../scripts/licences/production-packages.ts';

const root = path.join(import.meta.dirname, '..', '..');
const lock = readFileSync(path.join(root, 'package-lock.json'), 'utf8');

const ACCEPTED = new Set([
  'MIT',
  'ISC',
  'BSD-3-Clause',
  'Apache-2.0',
  'Apache-2.0 AND BSD-3-Clause',
  'MIT OR CC0-1.0',
  'MIT AND ISC AND BSD-3-Clause',
  '0BSD',
]);

test('THIRD-PARTY-NOTICES.md is current (else run scripts/third-party-notices.ts)', () => {
  expect(readFileSync(path.join(root, 'THIRD-PARTY-NOTICES.md'), 'utf8') === thirdPartyNotices(root)).toBe(true);
});

test('every package of the product has a licence that lets it be passed on', () => {
  const others = productionPackages(lock).filter(({ licence }) => !ACCEPTED.has(licence));
  expect(others.map(({ name, licence }) => `${name}: ${licence}`)).toEqual([]);
});

test('the walk finds nested versions and packages of other platforms, and leaves development tools out', () => {
  const names = productionPackages(lock).map(({ name }) => name);
  expect(names).toContain('@node-rs/jieba-win32-x64-msvc');
  expect(names.filter((name) => name === '@babel/runtime').length).toBeGreaterThan(1);
  expect(names.filter((name) => /vitest|biome|playwright|typescript|electron/u.test(name))).toEqual([]);
});
