import type { Reason } from './reasons.ts';

/** Every expected failure, with the parameters its texts name. Texts: `texts.zh-CN.ts` and `texts.en.ts` beside this file. */
export interface ErrorParams {
  // general
  'internal.bug': Empty;
  'internal.process-lost': { process: string };
  'request.unknown': { name: string };
  'request.no-such': { name: string; near: string };
  'request.invalid': { name: string; path: string; problem: Reason };
  'request.too-large': { limitMb: number };
  'request.too-many': { limit: number };
  'runtime.node-version': { found: string; needed: string };
  'runtime.glibc': { found: string; needed: string };
  'runtime.visual-cpp': { file: string };
  'build.changed': { file: string };

  // project file
  'project.not-found': { path: string };
  'project.exists': { path: string };
  'project.not-a-project': { path: string };
  'project.corrupt': { path: string; problem: string };
  'project.newer-than-app': { fileVersion: number; appVersion: number };
  'project.history-edited': { migration: string };
  'project.locked': { owner: string; since: string };
  'project.password-needed': { path: string };
  'project.password-wrong': { path: string };
  'project.not-encrypted': { path: string };
  'project.screen-locked': Empty;
  'project.jobs-unfinished': { count: number };
  'project.in-use': { path: string };
  'project.unfinished-write': { path: string };
  'project.needs-upgrade': { fileVersion: number; appVersion: number };
  'project.cannot-write': { path: string };
  'project.device': { path: string; problem: string };
  'project.none-open': Empty;
  'project.outside-folder': { folder: string };
  'project.in-other-window': Empty;
  'project.read-only': Empty;
  'project.disk-full': { path: string };
  'project.check-timeout': { path: string; seconds: number };

  // sample and demonstration
  'sample.not-a-sample': Empty;
  'sample.stopped': { request: string };
  'demo.folder-in-use': { folder: string };

  // artifacts and jobs
  'artifact.not-found': { id: string };
  'artifact.input-missing': { slot: string };
  'artifact.nothing-stale': Empty;
  'undo.changed-since': Empty;
  'job.not-found': { id: string };
  'job.not-resumable': { id: string; state: string };
  'job.input-failed': { jobId: string };
  'job.queue-full': { limit: number };
  'job.illegal-action': { id: string; state: string; action: string };

  // files that come in
  'source.not-found': { sourceId: string };
  'source.no-prefix': { sourceId: string };
  'import.empty': { file: string };
  'import.too-large': { file: string; limit: string };
  'import.encoding': { file: string; encoding: string };
  'import.unclosed-quote': { file: string; row: number };
  'import.row': { file: string; row: number; problem: string };
  'import.binary': { file: string };
  'import.old-workbook': { file: string };
  'import.format': { file: string; problem: Reason };
  'import.xlsx-unsafe': { file: string; problem: Reason };
  'import.column-missing': { column: string };
  'import.too-many-rows': { file: string; limit: number };
  'import.too-many-columns': { file: string; row: number; columns: number; limit: number };
  'import.cell-too-large': { file: string; row: number; column: number; limitMb: number };
  'import.sheet-missing': { file: string; sheet: string };

  // files that go out
  'export.empty': Empty;

  // statistics
  'stats.empty': { what: string };
  'stats.too-few': { what: string; n: number; needed: number };
  'stats.shape': { what: string; problem: string };

  // training engine
  'autodiff.shape': { op: string; problem: string };
  'autodiff.no-rule': { op: string };
  'autodiff.graph': { problem: string };
  'model.not-found': { model: string };
  'model.file': { file: string; problem: Reason };
  'model.tensor-missing': { file: string; tensor: string };
  'model.tensor-shape': { file: string; tensor: string; found: string; expected: string };
  'model.unsupported': { model: string; problem: Reason };
  'model.hash': { file: string };
  'model.exists': { model: string };
  'model.shipped': { model: string };
  'model.file-missing': { file: string };
  'model.link': { file: string };
  'model.onnx-only': { model: string };
  'model.hub-adapters': Empty;
  'model.hub-pruned': Empty;
  'model.no-adapter': Empty;
  'train.data': { problem: Reason };
  /** A part of `continual` without the earlier rows or the earlier head that it needs. */
  'train.continual': { part: string };
  'train.diverged': { step: number };
  'train.checkpoint': { problem: Reason };
  /** A choice of the recipe that only this engine trains. */
  'train.job-option': { option: string };
  'train.result-unreadable': { file: string };
  'train.result-other-job': { file: string };
  'train.result-other-base': { file: string };
  'train.result-other-labels': { file: string };
  'translation.no-pack': Empty;
  'translation.no-paraphrases': Empty;
  'train.zero-gradient': { tensor: string };

  // stages
  'demand.no-text': Empty;
  'demand.no-needs': Empty;
  'demand.no-evidence': Empty;
  'demand.too-few-texts': { n: number; needed: number };
  'demand.too-few-answers': { n: number; needed: number };
  'demand.outcome-constant': { column: string };
  'demand.mixed-models': { models: string };
  'demand.no-outcome': { dataset: string };
  'landing.pilot-arms': { design: string };
  'landing.pilot-periods': { design: string };
  'landing.folder-taken': { path: string };
  'landing.package-missing': { path: string };
  'landing.platform-missing': { platform: string };
  'landing.self-test-failed': { test: string; detail: string };
  'competitiveness.labels-missing': Empty;
  'competitiveness.class-too-small': { label: string; n: number; needed: number };
  'competitiveness.other-test-rows': { runId: string; referenceId: string };
  'competitiveness.test-locked': Empty;
  'competitiveness.test-dataset-unlabelled': { dataset: string };
  'competitiveness.train-rows-missing': Empty;
  'competitiveness.test-labels-unknown': { dataset: string; labels: string; rows: number };
  'competitiveness.scales-differ': { column: string; scale: string; other: string; otherScale: string };
  'competitiveness.scale-directions': { column: string; other: string };
  'competitiveness.task-cell': { cell: string; dataset: string; row: number };
  'competitiveness.task-labels': { n: number; most: number };
  'competitiveness.task-run': { runId: string };
  'competitiveness.no-probability': { runId: string };
  'adaptation.no-rows': { scenario: string };
  'adaptation.no-test-rows': { scenario: string; rows: number };
  'adaptation.no-common-labels': { modelId: string; scenario: string };
  'adaptation.recipe-not-applicable': { sourceId: string; scenario: string; recipe: string };
  'adaptation.outcome-too-few': { column: string; value: string; n: number; needed: number };
  'adaptation.no-predictors': { outcome: string };
  'service.no-tickets': { column: string; rows: number };
  'service.no-text': { dataset: string };
  'service.not-adoptable': { dataset: string };
  'service.no-rounds': Empty;
  'service.too-few-texts': { dataset: string; n: number; needed: number };
  'service.too-few-labels': { dataset: string; n: number; needed: number };
  'service.no-reference': { modelId: string };
  'service.no-needs': Empty;
  'service.nothing-to-improve': Empty;
  'competitiveness.experiment-arms': { n: number };
  'competitiveness.experiment-control': { arm: string };
  'competitiveness.experiment-counts': { metric: string; arm: string };
  'competitiveness.usability-empty': { rows: number };
  'competitiveness.usability-groups': { n: number };
}

type Empty = Record<never, never>;

export type ErrorCode = keyof ErrorParams;
