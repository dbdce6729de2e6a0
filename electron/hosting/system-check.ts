import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { AppError } from '../../shared/errors/app-error.ts';

/** What the shipped SQLite asks for (`objdump -T`); ONNX Runtime and jieba are content with less. */
const GLIBC = { major: 2, minor: 34 };
/** What the shipped ONNX Runtime and jieba import for Windows. */
const VISUAL_CPP = [
  'msvcp140.dll',
  'msvcp140_1.dll',
  'msvcp140_atomic_wait.dll',
  'vcruntime140.dll',
  'vcruntime140_1.dll',
];

/** Of the system, what decides whether our native binaries load. */
export interface SystemFacts {
  readonly platform: NodeJS.Platform;
  /** Version of the C library of a Linux system; null where it has another than glibc. */
  readonly glibc: string | null;
  /** Whether a library of Windows is where the system looks for it. */
  hasLibrary(name: string): boolean;
}

function factsHere(): SystemFacts {
  return {
    platform: process.platform,
    glibc: process.platform === 'linux' ? glibcVersion() : null,
    hasLibrary(name) {
      const windows = process.env.SystemRoot ?? 'C:\\Windows';
      const path = (process.env.PATH ?? '').split(delimiter);
      const places = [dirname(process.execPath), join(windows, 'System32'), windows, ...path];
      return places.some((place) => existsSync(join(place, name)));
    },
  };
}

function glibcVersion(): string | null {
  // Else a report asks for the names of all hosts that we are connected with.
  Object.assign(process.report, { excludeNetwork: true });
  const { header } = process.report.getReport() as { readonly header: { readonly glibcVersionRuntime?: string } };
  return header.glibcVersionRuntime ?? null;
}

/** Says at start what the system lacks, where a native binary would only fail to load later.
 *  @throws AppError 'runtime.glibc', 'runtime.visual-cpp' */
export function checkSystem(facts: SystemFacts = factsHere()): void {
  if (facts.platform === 'linux') {
    const [major = 0, minor = 0] = (facts.glibc ?? '').split('.').map(Number);
    const enough = major > GLIBC.major || (major === GLIBC.major && minor >= GLIBC.minor);
    if (!enough) {
      throw new AppError('runtime.glibc', { found: facts.glibc ?? '-', needed: `${GLIBC.major}.${GLIBC.minor}` });
    }
  }
  if (facts.platform === 'win32') {
    const missing = VISUAL_CPP.find((name) => !facts.hasLibrary(name));
    if (missing !== undefined) throw new AppError('runtime.visual-cpp', { file: missing });
  }
}
