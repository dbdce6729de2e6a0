import { createHash } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../../../shared/errors/app-error.ts';
import { createTranslate } from '../../../../../shared/i18n/translate.ts';
import { NO_PROGRESS } from '../../../../../shared/jobs/state.ts';
import { scenarioTestName } from '../../../../../shared/stages/adaptation/test-name.ts';
import { appliedTemperature } from '../../../../../shared/stages/competitiveness/evaluation/temperature.ts';
import { textCleaning } from '../../../../../shared/stages/demand/clean/text-cleaning.ts';
import { needsResultSchema } from '../../../../../shared/stages/demand/results.ts';
import type { CardFacts } from '../../../../../shared/stages/landing/package/card-facts.ts';
import { folderName } from '../../../../../shared/stages/landing/package/folder-name.ts';
import { modelCard } from '../../../../../shared/stages/landing/package/model-card.ts';
import { packageReadme } from '../../../../../shared/stages/landing/package/readme.ts';
import {
  type PackageFile,
  type PackageResult,
  packageLanguageSchema,
  packagePlatformSchema,
  packagePrecisionSchema,
  packageResultSchema,
} from '../../../../../shared/stages/landing/package/results.ts';
import { defineKind, type SlotReader, type StepContext } from '../../../artifacts/kind.ts';
import { bytesOf } from '../../../artifacts/parts.ts';
import { eraseFolder } from '../../../db/erase.ts';
import { modelRequest, modelSlot, storedAs } from '../../competitiveness/project-model.ts';
import { type PackageCalibration, packageCalibration } from './calibration.ts';
import { testsOfModel } from './candidates.ts';
import { factsOf, floorsOf, tokensOf, watchOf } from './card-facts.ts';
import { modelSources, ownSources } from './contents.ts';
import { exportsFolder, placePackage, refuseForeign } from './exports-folder.ts';
import { packageNotices } from './notices.ts';
import { type PackedModel, packedModel } from './packed-model.ts';
import { type PackageSamples, packageSamples, TOLERANCE } from './samples.ts';
import { runSelfTest } from './self-test-process.ts';
import { ownPlatform, type PackageSource, runtimeBinaries, vendoredScripts, vendoredVersion } from './vendor.ts';
import { syncFiles, writeChecksums, writeSources } from './write-files.ts';

export const packageParamsSchema = z.strictObject({
  modelId: z.string(),
  precision: packagePrecisionSchema,
  name: z.string(),
  language: packageLanguageSchema,
  platform: packagePlatformSchema,
});
type PackageParams = z.output<typeof packageParamsSchema>;
type Context = StepContext<PackageParams>;

/** Files whose bytes name a time or this machine. */
const TIMED = /^(manifest\.json|MODEL_CARD\.md|README\.md|samples\.json|checksums\.sha256)$/;
const EXAMPLE_CHARACTERS = 60;

/** A folder that a customer's engineer runs without this product. It is laid beside the project only after its own self-test passed elsewhere. */
export const packageKind = defineKind({
  name: 'landing.package',
  stage: 'landing',
  lane: 'infer',
  revision: 2,
  params: packageParamsSchema,
  result: packageResultSchema,
  pausable: false,
  outsideHash: ['files', 'totalBytes', 'selfTest', 'card'],
  takesStale: true,
  training: false,
  inputs: ({ modelId }, slots) => packageInputs(slots, modelId),
  defaultParams: () => null,
  async run(context) {
    const { spoolFolder } = context;
    try {
      const { result, samples } = await buildPackage(context, spoolFolder);
      const parts = { sampleDataset: bytesOf(samples.dataset), sampleRow: bytesOf(samples.row) };
      return { type: 'done', result, parts };
    } catch (error) {
      // What was laid out is readable, and nobody got it.
      if (context.spoolKey === null) await rm(spoolFolder, { recursive: true, force: true });
      else eraseFolder(spoolFolder);
      throw error;
    }
  },
});

/** The model with what it was made from, and what its documents quote. */
function packageInputs(slots: SlotReader, modelId: string): string[] {
  const slot = modelSlot(modelId);
  const made = slots.current(slot)?.inputs.map((input) => input.slot) ?? [];
  const tests = testsOfModel(slots, modelId).flatMap((of) => [of.slot, `adaptation.scenario:${of.tests.scenarioId}`]);
  const quoted = ['competitiveness.floors', 'demand.needs', ...tests];
  return [slot, ...new Set([...made, ...quoted].filter((other) => slots.current(other) !== undefined))];
}

async function buildPackage(
  context: Context,
  spool: string,
): Promise<{ result: PackageResult; samples: PackageSamples }> {
  const { params, key, store, deps, path, signal, progress, jobId } = context;
  const { modules, licences, sources } = deps.packageParts;
  const folder = folderName(params.name);
  const target = join(exportsFolder(path), folder);
  const projectId = store.project.get().id;
  refuseForeign(target, projectId);
  const binaries = runtimeBinaries(modules, params.platform);
  const own = ownPlatform();
  if (own === null) throw new AppError('landing.platform-missing', { platform: `${process.platform}-${process.arch}` });
  const at = (fraction: number, phase = 'writing') => progress({ ...NO_PROGRESS, phase, fraction });

  at(0);
  const build = join(spool, 'build', folder);
  await rm(join(spool, 'build'), { recursive: true, force: true });
  await mkdir(build, { recursive: true });
  const packed = packedModel(store, deps, params.modelId);
  const form = storedAs(await modelRequest(context, packed.model), params.precision);
  const { maxLength: _length, threads: _threads, ...model } = form;
  const onnx = await context.worker.run(
    {
      type: 'export',
      ...model,
      file: join(build, 'model.onnx'),
      tokenizer: join(build, 'tokenizer.json'),
    },
    { signal },
  );
  at(0.25);
  const calibration = await packageCalibration(context, packed, form);
  at(0.4);
  const applied = appliedTemperature(calibration.fitted);
  const samples = await packageSamples(context, packed, form, applied?.temperature ?? 1);
  at(0.5);
  const facts = await packageFacts(context, packed, build, onnx, calibration, samples);
  const t = createTranslate(params.language);
  const card = modelCard(t, facts);
  const example = (samples.samples[0]?.text ?? '').slice(0, EXAMPLE_CHARACTERS);
  const documents: PackageSource[] = [
    { path: 'MODEL_CARD.md', text: card },
    { path: 'README.md', text: packageReadme(t, facts, example) },
  ];
  await writeSources(
    build,
    [
      ...ownSources(sources),
      ...(await modelSources(context, packed, facts, samples, onnx.encoder)),
      ...documents,
      ...vendoredScripts(modules, licences),
      ...runtimeBinaries(modules, own),
    ],
    signal,
  );
  let files = await writeChecksums(build, signal);
  at(0.6, 'checking');

  // Somewhere else, where nothing but the package is: what it needs from around it would be missing.
  const elsewhere = join(spool, 'elsewhere', folder);
  await rm(join(spool, 'elsewhere'), { recursive: true, force: true });
  await mkdir(join(spool, 'elsewhere'), { recursive: true });
  await rename(build, elsewhere);
  const selfTest = await runSelfTest(deps, elsewhere, signal);
  const failed = selfTest.tests.find(({ passed }) => !passed);
  if (failed !== undefined) {
    throw new AppError('landing.self-test-failed', { test: failed.name, detail: failed.detail });
  }
  at(0.9);
  if (params.platform !== own) {
    await rm(join(elsewhere, 'vendor', 'node_modules', 'onnxruntime-node', 'bin'), { recursive: true });
    await writeSources(elsewhere, binaries, signal);
    files = await writeChecksums(elsewhere, signal);
  }
  signal.throwIfAborted();
  await syncFiles(elsewhere, files);
  placePackage(elsewhere, target, projectId, jobId);
  const result: PackageResult = {
    id: key,
    name: params.name,
    folder,
    modelId: params.modelId,
    modelName: packed.model.name,
    precision: params.precision,
    platform: params.platform,
    language: params.language,
    labels: [...packed.model.labels],
    rejectBelow: facts.rejectBelow,
    calibration: applied,
    maxLength: facts.model.maxLength,
    samples: facts.samples,
    modelBytes: onnx.bytes,
    modelSha256: onnx.sha256,
    contentSha256: contentHash(files),
    files,
    totalBytes: files.reduce((total, { bytes }) => total + bytes, 0),
    selfTest,
    card,
    notices: [...facts.notices],
  };
  return { result, samples };
}

async function packageFacts(
  context: Context,
  packed: PackedModel,
  build: string,
  onnx: { readonly bytes: number; readonly sha256: string; readonly opset: number },
  { fitted, confidence }: PackageCalibration,
  samples: PackageSamples,
): Promise<CardFacts> {
  const { params, store, deps } = context;
  const floors = floorsOf(context, packed.record.testLock);
  const inputs = packageInputs(store, params.modelId);
  const maxLength = await tokensOf(packed);
  const t = createTranslate(params.language);
  const needs = store.current('demand.needs');
  const needNames = new Map(
    needs === undefined ? [] : needsResultSchema.parse(needs.result).needs.map(({ id, name }) => [id, name]),
  );
  return factsOf(context, packed, {
    name: params.name,
    folder: basename(build),
    platform: params.platform,
    builtAt: deps.now().toISOString(),
    precision: params.precision,
    maxLength,
    model: { bytes: onnx.bytes, sha256: onnx.sha256 },
    clean: textCleaning(packed.sources[0]?.recipe),
    samples: { rows: samples.samples.length, correct: samples.correct, tolerance: TOLERANCE[params.precision] },
    versions: {
      app: deps.appVersion,
      runtime: vendoredVersion(deps.packageParts.modules, 'onnxruntime-node'),
      tokenizer: vendoredVersion(deps.packageParts.modules, '@huggingface/tokenizers'),
      opset: onnx.opset,
    },
    temperature: fitted,
    watch: await watchOf(context, { texts: packed.test.texts, confidence }, maxLength, build),
    floors,
    inputs,
    testName: (test) => scenarioTestName(t, test, needNames),
    notices: packageNotices(context, packed, {
      precision: params.precision,
      foreignPlatform: params.platform === ownPlatform() ? null : params.platform,
      temperature: fitted,
      samples,
      inputs,
      floors,
    }),
  });
}

/** One hash over the files that do not name a time. */
function contentHash(files: readonly PackageFile[]): string {
  const lines = files.filter(({ path }) => !TIMED.test(path)).map(({ sha256, path }) => `${sha256}  ${path}\n`);
  return createHash('sha256').update(lines.join('')).digest('hex');
}
