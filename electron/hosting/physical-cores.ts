import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';

const CPU_FOLDER = '/sys/devices/system/cpu';

/** Cores that can do arithmetic at the same time: two hardware threads of one core share its arithmetic units. */
export function physicalCores(): number {
  const allowed = availableParallelism();
  return Math.max(1, Math.min(allowed, process.platform === 'linux' ? linuxCores() : guessedCores()));
}

function linuxCores(): number {
  try {
    const siblings = readdirSync(CPU_FOLDER)
      .filter((name) => /^cpu\d+$/.test(name))
      .map((name) => readFileSync(`${CPU_FOLDER}/${name}/topology/thread_siblings_list`, 'utf8').trim());
    return siblings.length === 0 ? cpus().length : new Set(siblings).size;
  } catch {
    return cpus().length;
  }
}

/** Apple's processors run one thread a core; elsewhere two are the rule. */
function guessedCores(): number {
  return process.arch === 'arm64' ? cpus().length : Math.ceil(cpus().length / 2);
}
