import { expect, it } from 'vitest';
import { checkSystem, type SystemFacts } from './system-check.ts';

const linux = (glibc: string | null): SystemFacts => ({ platform: 'linux', glibc, hasLibrary: () => false });
const windows = (missing: string | null): SystemFacts => ({
  platform: 'win32',
  glibc: null,
  hasLibrary: (name) => name !== missing,
});

it.each(['2.34', '2.36', '2.100', '3.0'])('glibc %s will do', (version) => {
  expect(() => checkSystem(linux(version))).not.toThrow();
});

it.each([
  ['2.28', '2.28'],
  ['2.31', '2.31'],
  ['1.99', '1.99'],
  [null, '-'],
])('glibc %s is refused at start, with what is needed', (version, found) => {
  expect(() => checkSystem(linux(version))).toThrow(
    expect.objectContaining({ code: 'runtime.glibc', params: { found, needed: '2.34' } }),
  );
});

it('Windows with Visual C++ will do, whatever the C library', () => {
  expect(() => checkSystem(windows(null))).not.toThrow();
});

it.each(['msvcp140.dll', 'msvcp140_1.dll', 'msvcp140_atomic_wait.dll', 'vcruntime140.dll', 'vcruntime140_1.dll'])(
  'Windows without %s is refused at start, by that name',
  (file) => {
    expect(() => checkSystem(windows(file))).toThrow(
      expect.objectContaining({ code: 'runtime.visual-cpp', params: { file } }),
    );
  },
);

it('macOS brings all that is needed, and so does the machine of these tests', () => {
  expect(() => checkSystem({ platform: 'darwin', glibc: null, hasLibrary: () => false })).not.toThrow();
  expect(() => checkSystem()).not.toThrow();
  // A report of the process must not ask name servers who is at the other end.
  if (process.platform === 'linux') expect(process.report).toMatchObject({ excludeNetwork: true });
});
