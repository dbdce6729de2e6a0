import type { StorageFormat } from '../../../train/storage.ts';
import type { Estimate, Evaluation, FloorsResult, TemperatureResult } from '../../competitiveness/results.ts';
import type { PackageNotice } from './notices.ts';

/** Everything that the documents of a package state, as it stands in the artifacts that the package was made from. */
export interface CardFacts {
  readonly name: string;
  readonly folder: string;
  readonly platform: string;
  readonly builtAt: string;
  readonly project: { readonly name: string; readonly customer: string; readonly period: string };
  readonly model: {
    readonly id: string;
    readonly name: string;
    readonly baseName: string;
    readonly baseLicence: string;
    readonly baseSource: string;
    readonly parameters: number;
    /** As packed, and as its figures were measured. */
    readonly precision: StorageFormat;
    readonly measured: StorageFormat;
    readonly maxLength: number;
    readonly bytes: number;
    readonly sha256: string;
  };
  readonly data: {
    /** Names of the datasets that the labelled rows came from. */
    readonly sources: readonly string[];
    readonly language: 'zh' | 'en' | 'mixed';
    readonly train: number;
    readonly dev: number;
    readonly test: number;
    readonly seed: number | null;
    readonly testLock: string;
  };
  readonly classes: readonly {
    readonly label: string;
    readonly train: number;
    readonly test: number;
    readonly precision: number | null;
    readonly recall: number | null;
    /** Share of the test rows that the model calls this. */
    readonly predictedShare: number;
  }[];
  readonly evaluation: Evaluation;
  /** Floors measured on the same test rows; null where there are none. */
  readonly floors: FloorsResult | null;
  readonly latency: {
    readonly p50Ms: number;
    readonly p95Ms: number;
    readonly tokens: number;
    readonly threads: number;
    readonly repeats: number;
  } | null;
  readonly scenarioTests: readonly {
    readonly scenario: string;
    readonly rows: number;
    readonly tests: readonly {
      readonly name: string;
      readonly value: number | null;
      readonly low: number | null;
      readonly high: number | null;
      readonly unit: 'share' | 'milliseconds' | 'megabytes';
      readonly n: number;
      readonly limit: number | null;
      readonly direction: 'at-least' | 'at-most' | null;
      readonly verdict: 'passed' | 'failed' | 'unclear' | 'no-verdict';
    }[];
  }[];
  /** Heaviest needs of f1 first; empty where there is no f1. */
  readonly needs: readonly {
    readonly name: string;
    readonly weight: number;
    readonly low: number | null;
    readonly high: number | null;
  }[];
  readonly rejectBelow: number | null;
  /** Of the packed form; null where none was fitted. Probabilities are without one that stands at its bound. */
  readonly temperature: TemperatureResult | null;
  /** What the test rows looked like to the model: the level against which drift is watched. */
  readonly watch: { readonly confidence: Estimate; readonly unsureShare: number; readonly truncatedShare: number };
  readonly clean: { readonly normalise: boolean; readonly maskPersonalData: readonly string[] };
  readonly samples: { readonly rows: number; readonly correct: number; readonly tolerance: number };
  readonly versions: {
    readonly app: string;
    readonly runtime: string;
    readonly tokenizer: string;
    readonly opset: number;
  };
  readonly inputs: readonly { readonly slot: string; readonly version: number; readonly hash: string }[];
  readonly notices: readonly PackageNotice[];
}
