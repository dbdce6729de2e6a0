import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anywhere, fileNameOf, onlyInside } from './project-paths.ts';

let root: string;
let folder: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'csw-paths-'));
  folder = join(root, 'projects');
  mkdirSync(folder);
  writeFileSync(join(root, 'outside.csw'), '');
  writeFileSync(join(folder, 'inside.csw'), '');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const codeOf = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
};

describe('a host that a browser talks to', () => {
  it('follows links before it judges where a project lies', () => {
    symlinkSync(join(root, 'outside.csw'), join(folder, 'link.csw'));
    symlinkSync(root, join(folder, 'way-out'));
    symlinkSync(join(root, 'not-there.csw'), join(folder, 'dangling.csw'));
    const paths = onlyInside(folder);
    expect(codeOf(() => paths.forExisting('link.csw', []))).toBe('project.outside-folder');
    expect(codeOf(() => paths.forExisting('way-out/outside.csw', []))).toBe('project.outside-folder');
    expect(codeOf(() => paths.forNew('way-out/new.csw'))).toBe('project.outside-folder');
    expect(codeOf(() => paths.forNew('dangling.csw'))).toBe('project.exists');
  });

  it('opens a project of the recent list wherever it lies, but not through a link that is not in the list', () => {
    symlinkSync(join(root, 'outside.csw'), join(root, 'alias.csw'));
    const paths = onlyInside(folder);
    const outside = join(root, 'outside.csw');
    expect(paths.forExisting(outside, [outside])).toBe(outside);
    expect(codeOf(() => paths.forExisting(join(root, 'alias.csw'), [outside]))).toBe('project.outside-folder');
  });

  it('tells nothing about files outside', () => {
    const paths = onlyInside(folder);
    expect(codeOf(() => paths.forExisting('/etc/passwd', []))).toBe('project.outside-folder');
    expect(codeOf(() => paths.forExisting('/no/such/file.csw', []))).toBe('project.outside-folder');
    symlinkSync(root, join(folder, 'way-out'));
    for (const place of [root, '..', 'way-out'])
      for (const name of ['outside.csw', 'not-there.csw']) {
        const path = join(place, name);
        expect([path, codeOf(() => paths.forNew(path))]).toEqual([path, 'project.outside-folder']);
        expect([path, codeOf(() => paths.forExisting(path, []))]).toEqual([path, 'project.outside-folder']);
      }
  });

  it('works in a folder that is itself reached by a link', () => {
    symlinkSync(folder, join(root, 'alias'));
    const paths = onlyInside(join(root, 'alias'));
    expect(paths.forExisting('inside.csw', [])).toBe(join(folder, 'inside.csw'));
    expect(paths.forNew('new')).toBe(join(folder, 'new.csw'));
  });

  it('does not take a neighbour whose name begins like the folder', () => {
    mkdirSync(`${folder}-other`);
    writeFileSync(join(`${folder}-other`, 'a.csw'), '');
    expect(codeOf(() => onlyInside(folder).forExisting(join(`${folder}-other`, 'a.csw'), []))).toBe(
      'project.outside-folder',
    );
  });
});

describe('the terminal', () => {
  it('reaches every file, and still refuses names that another system could not hold', () => {
    const paths = anywhere(folder);
    expect(paths.forExisting('../outside.csw', [])).toBe(join(root, 'outside.csw'));
    expect(paths.forNew(join(root, 'new'))).toBe(join(root, 'new.csw'));
    for (const name of [
      'a:b',
      'NUL',
      'com1.csw',
      'con.2026.csw',
      'lpt¹',
      'x\0',
      '..\\a',
      '\\\\server\\share\\a',
      'a.csw:b',
    ]) {
      expect([name, codeOf(() => paths.forNew(name))]).toEqual([name, 'request.invalid']);
    }
    expect(codeOf(() => paths.forNew('inside'))).toBe('project.exists');
  });

  it('names a folder and a missing file for what they are', () => {
    expect(codeOf(() => anywhere(root).forExisting('projects', []))).toBe('project.not-a-project');
    expect(codeOf(() => anywhere(root).forExisting('missing.csw', []))).toBe('project.not-found');
  });
});

describe('a file name from a project name', () => {
  it.each([
    ['某银行 2026 年', '某银行 2026 年.csw'],
    ['a/b\\c:d*?"<>|', 'a b c d.csw'],
    ['  ..hidden.. ', 'hidden.csw'],
    ['con', 'project con.csw'],
    ['CON.2026', 'project CON.2026.csw'],
    ['com¹', 'project com¹.csw'],
    ['console', 'console.csw'],
    ['name. . .', 'name.csw'],
    ['///', 'project.csw'],
    ['line\nbreak\0', 'line break.csw'],
  ])('%j becomes %j', (name, expected) => {
    expect(fileNameOf(name)).toBe(expected);
  });

  it('is cut to whole characters within 200 bytes', () => {
    const name = fileNameOf('银'.repeat(300));
    expect(name).toBe(`${'银'.repeat(65)}.csw`);
    expect(fileNameOf('😀'.repeat(100))).toBe(`${'😀'.repeat(49)}.csw`);
  });
});
