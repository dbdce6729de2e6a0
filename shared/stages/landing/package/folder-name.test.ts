import fc from 'fast-check';
import { expect, test } from 'vitest';
import { folderName } from './folder-name.ts';

test('a name becomes a folder name that leads nowhere else', () => {
  expect(
    [
      '../../etc/passwd',
      'C:\\Windows',
      '信贷 审批 v2',
      '  .hidden. ',
      'CON',
      'nul.txt',
      '',
      '..',
      '\u0000',
      'a\u202eb',
    ].map(folderName),
  ).toEqual([
    'etc-passwd',
    'C-Windows',
    '信贷-审批-v2',
    'hidden',
    'package-CON',
    'package-nul.txt',
    'package',
    'package',
    'package',
    'a-b',
  ]);
});

test('whatever is written: one path segment, never empty, never over 128 bytes, and stable', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (name) => {
      const folder = folderName(name);
      expect(folder).not.toMatch(/[\\/]|^\.|\.$/);
      expect(folder.trim()).not.toBe('');
      expect(new TextEncoder().encode(folder).length).toBeLessThanOrEqual(128);
      expect(folderName(folder)).toBe(folder);
    }),
  );
});
