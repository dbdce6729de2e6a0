import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckRequest } from '../../electron/engine/db/check.ts';
import { checkProjectFile } from '../../electron/engine/db/check.ts';
import type { ChildPort } from '../../electron/engine/deps.ts';
import { openEngine } from '../../electron/engine/engine.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { createRng } from '../../shared/rng.ts';
import { testDeps } from '../integration/testkit.ts';

/** Opens damaged copies of a project and reads from those that open: `open-mutated.ts PROJECT FOLDER FIRST LAST`, where a number below zero cuts the file and all others seed a mutation. */
const [path = '', folder = '', first, last] = process.argv.slice(2);
const good = readFileSync(path);
const PAGE = 16_384;
const QUERIES = ['project.overview', 'project.artifacts', 'demand.datasets', 'jobs.list', 'report.sections'];

/** The check in this process: starting one for each of so many files would take minutes. */
function checkHere(): ChildPort {
  let answer: (outcome: unknown) => void = () => undefined;
  return {
    send: (message) => answer(checkProjectFile(message as CheckRequest)),
    onMessage(listener) {
      answer = listener;
      return () => undefined;
    },
    onExit: () => () => undefined,
    kill: () => undefined,
  };
}

function damaged(seed: number): Buffer {
  // Every page boundary, one byte before it and one after it.
  if (seed < 0) return good.subarray(0, Math.floor((-seed + 1) / 3) * PAGE + ((-seed + 1) % 3) - 1);
  const rng = createRng(seed);
  const copy = Buffer.from(good);
  for (let left = rng.int(8); left >= 0; left--) {
    // A small project leaves most of a page empty: two thirds of the damage fall on its first bytes, which say how to read it, and its last, where rows are.
    const page = rng.int(copy.length / PAGE) * PAGE;
    const within = [rng.int(64), PAGE - 1 - rng.int(400), rng.int(PAGE)][rng.int(3)] ?? 0;
    copy[page + within] = rng.int(256);
  }
  return copy;
}

const hashOf = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');
const codes: Record<string, number> = {};
const changed: number[] = [];
const untyped: string[] = [];
let slowestMs = 0;
const note = (code: string) => {
  codes[code] = (codes[code] ?? 0) + 1;
};

for (let seed = Number(first); seed <= Number(last); seed++) {
  const file = join(folder, `mutated-${process.pid}.csw`);
  for (const ending of ['', '-journal', '-wal', '-shm', '.owner.json']) rmSync(`${file}${ending}`, { force: true });
  writeFileSync(file, damaged(seed));
  const before = hashOf(file);
  const startedMs = performance.now();
  try {
    const engine = await openEngine(testDeps({ spawn: checkHere, log: () => undefined }), file, { type: 'open' });
    note('opened');
    for (const name of QUERIES) {
      const reply = await engine.call(name, {}, 'test');
      if (!reply.ok) note(`${name} ${reply.error.code}`);
    }
    await engine.dispose();
  } catch (error) {
    note(error instanceof AppError ? error.code : 'untyped');
    if (!(error instanceof AppError)) untyped.push(`${seed}: ${(error as Error).stack}`);
    if (hashOf(file) !== before) changed.push(seed);
  }
  slowestMs = Math.max(slowestMs, performance.now() - startedMs);
}
const report = { codes, changed, untyped, slowestMs };
export type MutationReport = typeof report;
console.log(JSON.stringify(report));
