import type { Range } from '../../../statistics/triangular.ts';
import { waitingTime } from './erlang-c.ts';
import type { Load, Sizing } from './results.ts';

const SECONDS_PER_HOUR = 3600;
const BYTES_PER_MB = 1_000_000;

/** What was measured of the model that is to serve. */
export interface MeasuredModel {
  readonly textsPerSecond: number;
  readonly p95Ms: number;
  readonly threads: number;
  readonly memoryMb: number | null;
  readonly sizeMb: number | null;
}

/** Texts per second in the busiest second: texts of a day over its service hours, times the peak factor. */
export function peakPerSecond(textsPerDay: number, peakFactor: number, hoursPerDay: number): number {
  return (textsPerDay / (hoursPerDay * SECONDS_PER_HOUR)) * peakFactor;
}

/** Instances that keep the utilisation at or below its target; at least one. */
export function instancesFor(peak: number, perInstance: number, utilisationTarget: number): number {
  return Math.max(1, Math.ceil(peak / (perInstance * utilisationTarget) - 1e-9));
}

/** Machines for a load from the measured throughput of one instance. Instances are sized for the high peak; waiting is reckoned there
 *  with the spare ones out of order.   @source utilisation law and M/M/c; Gross et al. 2008, 2.3 */
export function sizeSolution(load: Load, model: MeasuredModel, limitMs: number | null): Sizing {
  const peakAt = (bound: keyof Range) =>
    peakPerSecond(load.textsPerDay[bound], load.peakFactor[bound], load.hoursPerDay);
  const peak = { low: peakAt('low'), likely: peakAt('likely'), high: peakAt('high') };
  const needed = (bound: keyof Range) => instancesFor(peak[bound], model.textsPerSecond, load.utilisationTarget);
  const instances = { low: needed('low'), likely: needed('likely'), high: needed('high') };
  const recommended = instances.high + load.spareInstances;
  const waiting = waitingTime(peak.high, model.textsPerSecond, instances.high);
  const records = (load.textsPerDay.high * load.logDays * load.bytesPerText) / BYTES_PER_MB;
  return {
    peakPerSecond: peak,
    perInstancePerSecond: model.textsPerSecond,
    threadsPerInstance: model.threads,
    instances,
    recommended,
    cores: recommended * model.threads,
    memoryMb: model.memoryMb === null ? null : recommended * model.memoryMb,
    diskMb: model.sizeMb === null ? null : recommended * model.sizeMb * load.versionsKept + records,
    capacityFactor: (recommended * model.textsPerSecond) / peak.high,
    waiting,
    serviceP95Ms: model.p95Ms,
    responseP95Ms: waiting === null ? null : model.p95Ms + waiting.p95WaitMs,
    limitMs,
  };
}
