import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { artifactKinds } from '../../electron/engine/registry.ts';

const ROOT = join(import.meta.dirname, '..', '..');

it('every test that docs/methods.md names as a proof is there', () => {
  const rows = readFileSync(join(ROOT, 'docs', 'methods.md'), 'utf8')
    .split('\n')
    .filter((line) => /^\| (?!---|what |method )/.test(line));
  expect(rows.length).toBeGreaterThan(20);
  for (const row of rows) {
    const named = [...(row.split('|').at(-2) ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name!);
    expect(named, row).not.toEqual([]);
    for (const name of named) {
      const file = name.includes('/') ? name : `test/integration/${name}.test.ts`;
      expect(existsSync(join(ROOT, file)), file).toBe(true);
    }
  }
});

it('every kind of artifact has its row in docs/artifacts.md', () => {
  const slots = readFileSync(join(ROOT, 'docs', 'artifacts.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .flatMap((line) => [...line.split('|')[1]!.matchAll(/`([a-z]+\.[A-Za-z]+)/g)].map(([, name]) => name!));
  expect(artifactKinds.map(({ name }) => name).filter((name) => !slots.includes(name))).toEqual([]);
});
