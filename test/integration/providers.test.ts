import { mkdtempSync, rmSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChildPort, EngineDeps } from '../../electron/engine/deps.ts';
import { trainOn } from '../../electron/engine/jobs/train-on.ts';
import { createWorkerClient, type WorkerClient } from '../../electron/engine/jobs/worker-client.ts';
import { forkEntry } from '../../electron/hosting/fork.ts';
import { readSafetensors } from '../../electron/worker/ort/safetensors.ts';
import { readEncoderFolder } from '../../electron/worker/ort/weights.ts';
import { runReferenceCase } from '../../scripts/reference-case.ts';
import { softwareVulkan } from '../../scripts/vulkan.ts';
import { toAppErrorJson } from '../../shared/errors/app-error.ts';
import { createRng } from '../../shared/rng.ts';
import { suggestConfig } from '../../shared/train/run-config.ts';
import type { FromWorker, ToWorker } from '../../shared/worker/protocol.ts';
import { CHECKPOINT_EVERY_MS, type TrainRequest } from '../../shared/worker/training.ts';
import { endOfRun } from './run-end.ts';
import { CREATE, openTestProject } from './testkit.ts';
import { tinyTexts, writeTinyModel } from './tiny-model.ts';
import { prepareTinyProject, STEPS_PER_EPOCH, tinyTraining, writeTinyModels } from './tiny-project.ts';

const TINY = 'test/golden/bert-tiny';
const CLASSES = 3;

let home: string;
let client: WorkerClient;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'providers-'));
  await writeTinyModel(join(home, 'tiny'));
  client = createWorkerClient(() => forkEntry('worker'));
});
afterAll(() => {
  client.dispose();
  rmSync(home, { recursive: true });
});

const request = (): TrainRequest => ({
  type: 'train',
  folder: join(home, 'tiny'),
  hash: null,
  tuned: null,
  config: { ...suggestConfig({ rowsPerClass: [30, 30, 30], maxLength: 32, seed: 5 }).config, epochs: 2, batchSize: 16 },
  classes: CLASSES,
  train: tinyTexts(90, CLASSES, 1),
  dev: null,
  spool: mkdtempSync(join(home, 'spool-')),
  resume: true,
  checkpointEveryMs: CHECKPOINT_EVERY_MS,
  threads: 1,
});

describe('a provider that breaks down', () => {
  it('hands the run over to the processor, which ends with the losses of a run of its own', async () => {
    // No build of ONNX Runtime for this system has it, so that opening the session fails as a missing driver does.
    const missing = process.platform === 'darwin' ? 'dml' : 'coreml';
    const handed = await trainOn(client, request(), missing, {});
    const own = await trainOn(client, request(), 'cpu', {});
    expect(handed).toMatchObject({ provider: 'cpu', failed: missing });
    expect(own).toMatchObject({ provider: 'cpu', failed: null });
    expect(handed.result.type === 'finished' && handed.result.losses).toEqual(
      own.result.type === 'finished' && own.result.losses,
    );
  });

  /** No machine of a test has a driver that breaks down: the processor stands in for one until a checkpoint at or after `step` stands. */
  function standIn(how: 'ends' | 'fails', step: number) {
    const asked: { provider: string | undefined; resume: boolean }[] = [];
    let breaksDown = true;
    const spawn = (entry: Parameters<typeof forkEntry>[0]): ChildPort => {
      const child = forkEntry(entry);
      if (entry !== 'worker') return child;
      return {
        ...child,
        send(message) {
          const sent = message as ToWorker;
          if (sent.type !== 'run' || sent.request.type !== 'train') return child.send(sent);
          const { provider, resume } = sent.request;
          asked.push({ provider, resume });
          child.send({ ...sent, request: { ...sent.request, provider: 'cpu', checkpointEveryMs: 0 } });
        },
        onMessage: (listener) =>
          child.onMessage((message) => {
            const reply = message as FromWorker;
            if (reply.type === 'cancelled') {
              listener({ type: 'failed', id: reply.id, error: toAppErrorJson(new Error('the device was lost')) });
              return;
            }
            listener(reply);
            const isAt = reply.type === 'event' && reply.event.type === 'checkpointed' && reply.event.step >= step;
            if (!isAt || !breaksDown) return;
            breaksDown = false;
            if (how === 'ends') child.kill();
            else child.send({ type: 'cancel', id: reply.id });
          }),
      };
    };
    return { asked, spawn };
  }

  it.each(['ends', 'fails'] as const)(
    'at an update after a checkpoint (its process %s) costs no run: the processor goes on from there, and the run says so',
    async (how) => {
      const folder = mkdtempSync(join(home, `${how}-`));
      const modelsFolder = await writeTinyModels(folder);
      const open = async (name: string, overrides: Partial<EngineDeps>) => {
        const path = join(folder, `${name}.csw`);
        const project = await openTestProject(path, CREATE, { modelsFolder, threads: () => 1, ...overrides });
        await prepareTinyProject(project, folder);
        const { id, state } = await project.done('competitiveness.train', tinyTraining(1));
        expect(state.type).toBe('succeeded');
        const { provider, notices } = (await project.call('competitiveness.run', { runId: 'R1' }))!.result;
        return { provider, notices, end: await endOfRun(project, id) };
      };
      const { asked, spawn } = standIn(how, 1 + createRng(8).int(STEPS_PER_EPOCH / 2));
      const handed = await open('handed', { spawn, provider: () => 'webgpu' });
      const own = await open('own', {});
      expect(asked).toEqual([
        { provider: 'webgpu', resume: true },
        { provider: 'cpu', resume: true },
      ]);
      expect(handed.notices).toEqual([
        { code: 'provider-failed', severity: 'warning', params: { provider: 'webgpu' } },
      ]);
      expect([handed.provider, own.provider, own.notices]).toEqual([undefined, undefined, []]);
      expect(handed.end).toEqual(own.end);
    },
  );

  it('is found by a trial to be no part of this program', async () => {
    const missing = process.platform === 'darwin' ? 'dml' : 'coreml';
    expect(await client.run({ type: 'tryProvider', provider: missing, threads: 1 })).toMatchObject({
      outcome: 'not-included',
    });
  });
});

const vulkan = softwareVulkan();
const problem = 'problem' in vulkan ? vulkan.problem : null;
if (problem !== null) console.warn(`WebGPU is not tested: ${problem}`);

describe.skipIf(problem !== null)('WebGPU on a software Vulkan driver', async () => {
  if ('driver' in vulkan) process.env.VK_ICD_FILENAMES = vulkan.driver;
  const model = await readEncoderFolder(TINY);
  const batch = await readSafetensors(join(TINY, 'batch.safetensors'));
  const meta: unknown = JSON.parse(await readFile(join(TINY, 'meta.json'), 'utf8'));
  const cases = (await readdir(TINY))
    .filter((file) => file.endsWith('.safetensors') && !['batch.safetensors', 'model.safetensors'].includes(file))
    .map((file) => basename(file, '.safetensors'));

  for (const name of cases) {
    it(`computes what PyTorch computes: ${name}`, async () => {
      const expected = await readSafetensors(join(TINY, `${name}.safetensors`));
      const found = await runReferenceCase({ name, model, batch, meta, expected }, { threads: 2, provider: 'webgpu' });
      expect(Math.max(found.loss, found.logits, found.grad)).toBeLessThan(1e-4);
      // See engine-reference.test.ts for the weight of this case that rounding alone moves.
      expect(found.after5).toBeLessThan(name === 'full_regression' ? 5e-3 : 5e-4);
    });
  }

  it('is tried in a process of its own, found right, and slower than the processor that emulates it', async () => {
    const trial = await client.run({ type: 'tryProvider', provider: 'webgpu', threads: 2 });
    expect(trial).toMatchObject({ provider: 'webgpu', outcome: 'slower', detail: null });
    expect(trial.largestDifference).toBeLessThan(1e-3);
    // The software driver has no float16: half-precision products are not offered on it.
    expect(trial.half).toEqual({ outcome: 'failed', largestDifference: null, stepMs: null });
  });
});
