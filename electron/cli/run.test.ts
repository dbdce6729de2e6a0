import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { requests } from '../../shared/contract/index.ts';
import type { JobRecord } from '../../shared/contract/project.ts';
import type { Reply } from '../../shared/contract/reply.ts';
import { type JobAction, type JobState, NO_PROGRESS, reduceJob } from '../../shared/jobs/state.ts';
import { MOST_SEEDS } from '../../shared/stages/competitiveness/seeds.ts';
import { OPTION_TEXTS } from '../../shared/train/option-texts.ts';
import { trainingTextsZhCN } from '../../shared/train/texts.zh-CN.ts';
import { METHOD_TYPES, usualMethod } from '../../shared/train/usual-method.ts';
import { type FakeEngine, fakeEngine } from '../../test/integration/fake-engine.ts';
import { anywhere } from '../hosting/project-paths.ts';
import { terminalProtection } from '../hosting/protection.ts';
import { resourcePathsAt } from '../hosting/resource-paths.ts';
import { createWorkbench } from '../hosting/workbench.ts';
import { parseCliArguments } from './arguments.ts';
import { HELP_TEXT } from './help-text.ts';
import { runCli, type Terminal } from './run.ts';

let folder: string;
let engine: FakeEngine | null;
let out: string;
let errors: string;
let interrupt: (count: number) => void;
let answer: (name: string, input: unknown) => Reply<unknown> | null;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'csw-cli-'));
  writeFileSync(join(folder, 'p.csw'), '');
  engine = null;
  out = '';
  errors = '';
  answer = () => null;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(words: readonly string[], input = '', askPassword: Terminal['askPassword'] = null): Promise<number> {
  const { language, command } = parseCliArguments(words, { LANG: 'en_US.UTF-8' });
  const terminal: Terminal = {
    folder,
    askPassword,
    input: Readable.from([input]),
    out: (text) => {
      out += text;
    },
    error: (text) => {
      errors += text;
    },
    onInterrupt(listener) {
      interrupt = listener;
      return () => undefined;
    },
    workbench: async () =>
      createWorkbench({
        host: 'cli',
        version: '1.2.3',
        buildHash: () => '0'.repeat(64),
        paths: anywhere(folder),
        userFolder: join(folder, 'user'),
        modelsFolder: folder,
        samplesFolder: folder,
        packageParts: resourcePathsAt(folder).packageParts,
        printPdf: async () => ({ type: 'unavailable', reason: 'no-browser' }),
        askWorker: async () => {
          throw new Error('no model process is asked here');
        },
        openEngine: async (_deps, path, mode) => {
          engine = fakeEngine(path, mode, (name, value) => answer(name, value));
          return engine;
        },
        protection: terminalProtection(),
        verifyReplies: false,
      }),
  };
  return runCli(language, command, terminal);
}

/** A project with two jobs, the second after the first, kept by the rules of the job states. */
function twoJobs(first: JobState, second: JobState, pauses: 'soon' | 'never' = 'soon'): void {
  const states = new Map<string, JobState>([
    ['j1', first],
    ['j2', second],
  ]);
  const record = (id: string): JobRecord => ({
    id,
    slot: `demand.topics:${id}`,
    kind: 'demand.topics',
    lane: 'compute',
    state: states.get(id) ?? { type: 'cancelled' },
    after: id === 'j2' ? ['j1'] : [],
    createdAt: '',
    updatedAt: '',
    startedAt: null,
    quietSince: null,
  });
  const act = (id: string, action: JobAction) => {
    states.set(id, reduceJob(states.get(id) as JobState, action));
    engine?.emit({ type: 'jobChanged', job: record(id) });
    return record(id);
  };
  const finishBoth = () => {
    for (const id of ['j1', 'j2']) {
      act(id, { type: 'start' });
      act(id, { type: 'progress', progress: { ...NO_PROGRESS, fraction: 0.5 } });
      act(id, { type: 'finish', artifactId: `artifact of ${id}` });
    }
  };
  answer = (name, input) => {
    const { jobId } = input as { jobId: string };
    const answers: Record<string, () => unknown> = {
      'jobs.get': () => record(jobId),
      'jobs.list': () => [record('j2'), record('j1')],
      'jobs.pause': () => {
        const paused = act(jobId, { type: 'requestPause' });
        if (paused.state.type === 'pausing' && pauses === 'soon')
          setImmediate(act, jobId, { type: 'paused', checkpoint: 'c' });
        return paused;
      },
      'jobs.cancel': () => {
        const cancelled = act(jobId, { type: 'requestCancel' });
        return cancelled.state.type === 'cancelling' ? act(jobId, { type: 'cancelled' }) : cancelled;
      },
      'jobs.resume': () => {
        const resumed = act(jobId, { type: 'resume' });
        if (jobId === 'j2') setImmediate(finishBoth);
        return resumed;
      },
      'project.artifact': () => ({ artifact: { id: 'a' }, result: { topics: 3 } }),
    };
    const found = answers[name];
    return found === undefined ? null : { ok: true, value: found() };
  };
}

const jobRequest = 'project.recompute';
const jobAnswer = () => {
  const before = answer;
  answer = (name, input) => (name === jobRequest ? { ok: true, value: { jobId: 'j2' } } : before(name, input));
};
const lines = () =>
  errors
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('csw describe', () => {
  it('lists every request in one line, in the language asked for', async () => {
    expect(await run(['describe'])).toBe(0);
    const listed = out.split('\n').filter((line) => line !== '');
    expect(listed).toHaveLength(Object.keys(requests).length);
    expect(listed).toContainEqual(expect.stringMatching(/^jobs\.pause +command +Pause a job at its next safe point$/));
    out = '';
    expect(await run(['describe', '--lang', 'zh-CN'])).toBe(0);
    expect(out).toMatch(/^jobs\.pause +command +在下一个安全点暂停任务$/m);
    // Every line is Chinese: a summary that was left English would have none of these.
    for (const line of out.split('\n').filter((found) => found !== '')) expect(line).toMatch(/[\u4e00-\u9fff]/);
  });

  it('says of every option of a training when to use it and what it is where left out', async () => {
    expect(await run(['describe', 'competitiveness.train'])).toBe(0);
    const { properties } = JSON.parse(out)['competitiveness.train'].input.properties.config.anyOf[0];
    const isTold = (found: { title?: string; description?: string }) => Boolean(found.title && found.description);
    expect(Object.keys(properties).filter((option) => !isTold(properties[option]))).toEqual([]);
    expect(Object.keys(properties).sort()).toEqual(Object.keys(OPTION_TEXTS).sort());
    expect(properties.dropout.default).toBe(0.1);
    expect(properties.epochs.description).toMatch(/^Left out: as suggested for the data\. How often/);
    const methods = properties.method.oneOf as { properties: Record<string, { const?: string; default?: unknown }> }[];
    const told = methods.map(({ properties: { type, ...fields } }) => [
      type?.const,
      Object.fromEntries(Object.entries(fields).map(([field, found]) => [field, found.default])),
    ]);
    // Of the frozen prefix the encoder decides.
    expect(Object.fromEntries(told)).toEqual(
      Object.fromEntries(
        METHOD_TYPES.map((type) => {
          const { type: _, ...fields } = usualMethod(type, 1);
          return [type, type === 'frozen-prefix' ? { layers: undefined } : fields];
        }),
      ),
    );
    out = '';
    await run(['describe', 'competitiveness.train', '--lang', 'zh-CN']);
    const { rDrop } = JSON.parse(out)['competitiveness.train'].input.properties.config.anyOf[0].properties;
    expect(rDrop.description).toContain(trainingTextsZhCN.robustness.rDrop.when);
  });

  it.each(['competitiveness.train', 'competitiveness.trainTask', 'adaptation.adapt', 'service.continueTraining'])(
    'says of the seeds of %s what they are for and that it is one where they are left out',
    async (request) => {
      expect(await run(['describe', request, '--lang', 'zh-CN'])).toBe(0);
      const { properties, required } = JSON.parse(out)[request].input;
      expect(properties.seeds).toMatchObject({ title: trainingTextsZhCN.seeds.count, default: 1, maximum: MOST_SEEDS });
      expect(required).not.toContain('seeds');
    },
  );

  it('gives every request with schemas that a JSON Schema reader takes', async () => {
    expect(await run(['describe', '--json'])).toBe(0);
    const contract = JSON.parse(out) as Record<
      string,
      { summary: string; effect: string; input: never; output: never }
    >;
    expect(Object.keys(contract)).toContain('project.recompute');
    for (const { summary, effect, input, output } of Object.values(contract)) {
      expect(summary).not.toBe('');
      expect(['query', 'command', 'job', 'export']).toContain(effect);
      for (const schema of [input, output]) expect(() => z.fromJSONSchema(schema)).not.toThrow();
    }
  });

  it('gives one request, and refuses one that is not there', async () => {
    expect(await run(['describe', 'jobs.pause'])).toBe(0);
    expect(JSON.parse(out)['jobs.pause'].input).toMatchObject({
      type: 'object',
      properties: { jobId: { type: 'string' } },
      required: ['jobId'],
      additionalProperties: false,
    });
    expect(await run(['describe', 'jobs.paus'])).toBe(1);
    expect(lines()[0].error).toMatchObject({
      code: 'request.no-such',
      message: 'There is no request “jobs.paus”.',
      remedy: expect.stringContaining('Near it: jobs.pause, '),
    });
  });
});

it('helps with requests and inputs that the contract takes, the same in both languages', async () => {
  const examples = (help: string) =>
    [...help.matchAll(/csw call \S+ ([a-z]+\.[a-z][a-zA-Z]+)(?: '(.*?)')?/g)].map(([, name, json]) => ({
      name: name!,
      json,
    }));
  for (const { name, json } of examples(HELP_TEXT.en)) {
    expect([name, Object.hasOwn(requests, name)]).toEqual([name, true]);
    if (json === undefined || json.includes('folder:')) continue;
    const { error } = requests[name as keyof typeof requests].input.safeParse(JSON.parse(json));
    expect([name, error?.issues ?? []]).toEqual([name, []]);
  }
  const names = (help: string) => examples(help).map(({ name }) => name);
  expect(names(HELP_TEXT['zh-CN'])).toEqual(names(HELP_TEXT.en));
});

describe('csw call', () => {
  it('prints the answer and nothing else', async () => {
    answer = () => ({ ok: true, value: { x: 1 } });
    expect(await run(['call', 'p.csw', 'project.overview'])).toBe(0);
    expect(JSON.parse(out)).toEqual({ x: 1 });
    expect(errors).toBe('');
    expect(engine?.disposed).toBe(true);
  });

  it('reads the input from the command, from standard input and from a file', async () => {
    writeFileSync(join(folder, 'in.json'), '{"slot":"c"}');
    for (const [word, given] of [
      ['{"slot":"a"}', ''],
      ['-', '{"slot":"b"}'],
      ['@in.json', ''],
    ] as const) {
      expect(await run(['call', 'p.csw', 'project.chain', word], given)).toBe(0);
    }
    expect(out.match(/"slot": "."/g)).toEqual(['"slot": "a"', '"slot": "b"', '"slot": "c"']);
  });

  it('makes a source of a named file', async () => {
    writeFileSync(join(folder, 'data.csv'), 'a\n');
    await run(['call', 'p.csw', 'project.chain', '{"files":[{"sourceId":"file:data.csv"}]}']);
    expect(engine?.calls[0]?.input).toEqual({ files: [{ sourceId: `file:${join(folder, 'data.csv')}` }] });
    expect(await run(['call', 'p.csw', 'project.chain', '{"sourceId":"file:none.csv"}'])).toBe(1);
    expect(lines()[0].error).toMatchObject({
      code: 'source.not-found',
      params: { sourceId: join(folder, 'none.csv') },
    });
  });

  it('needs no file for requests of the host', async () => {
    expect(await run(['call', '-', 'app.info', '{}'])).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ host: 'cli', version: '1.2.3' });
  });

  it('prints a refusal as JSON with what it says to people, in the language asked for', async () => {
    expect(await run(['call', 'none.csw', 'project.overview', '--lang', 'zh-CN'])).toBe(1);
    expect(out).toBe('');
    expect(lines()).toEqual([
      {
        error: {
          code: 'project.not-found',
          params: { path: join(folder, 'none.csw') },
          detail: expect.any(String),
          message: `找不到项目文件“${join(folder, 'none.csw')}”。`,
          remedy: '请检查文件是否被移动或改名，然后重新打开。',
        },
      },
    ]);
  });

  it.each([
    [['call', 'p.csw', 'project.fly'], 'request.no-such'],
    [['call', 'p.csw', 'project.chain', '{'], 'request.invalid'],
    [['call', 'p.csw', 'project.chain', '@none.json'], 'request.invalid'],
    [['call', '-', 'project.overview'], 'project.none-open'],
  ])('refuses %j with %s', async (words, code) => {
    expect(await run(words)).toBe(1);
    expect(lines()[0].error.code).toBe(code);
  });
});

describe('a job', () => {
  it('is waited for, with progress on standard error and its result on standard output', async () => {
    twoJobs({ type: 'paused', checkpoint: 'c' }, { type: 'paused', checkpoint: null });
    expect(await run(['call', 'p.csw', '--resume', 'j2'])).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ job: { id: 'j2' }, artifact: { id: 'a' }, result: { topics: 3 } });
    expect(lines().map((line) => [line.jobId, line.state, line.progress?.fraction])).toContainEqual([
      'j1',
      'running',
      0.5,
    ]);
  });

  it('is resumed after the jobs that it waits for', async () => {
    twoJobs({ type: 'interrupted', checkpoint: 'c' }, { type: 'paused', checkpoint: null });
    await run(['call', 'p.csw', '--resume', 'j2']);
    const resumed = engine?.calls.filter((call) => call.name === 'jobs.resume').map((call) => call.input);
    expect(resumed).toEqual([{ jobId: 'j1' }, { jobId: 'j2' }]);
  });

  it('pauses with all before it on Ctrl-C, says how to go on, and exits with 3', async () => {
    twoJobs({ type: 'running', progress: NO_PROGRESS }, { type: 'queued' });
    jobAnswer();
    const code = run(['call', 'p.csw', jobRequest, '{"includeTraining":false}']);
    await expect.poll(() => engine?.listenerCount()).toBe(1);
    interrupt(1);
    expect(await code).toBe(3);
    expect(out).toBe('');
    expect(lines().at(-1)).toEqual({ stopped: 'paused', jobId: 'j2', resume: 'csw call "p.csw" --resume j2' });
  });

  it('is cancelled by a second Ctrl-C, where a pause takes too long', async () => {
    twoJobs({ type: 'succeeded', artifactId: 'a' }, { type: 'running', progress: NO_PROGRESS }, 'never');
    jobAnswer();
    const code = run(['call', 'p.csw', jobRequest]);
    await expect.poll(() => engine?.listenerCount()).toBe(1);
    interrupt(1);
    await expect.poll(() => lines().at(-1).state).toBe('pausing');
    interrupt(2);
    expect(await code).toBe(3);
    expect(lines().at(-1)).toEqual({ stopped: 'cancelled', jobId: 'j2' });
  });

  it('that fails exits with 1 and its error', async () => {
    twoJobs(
      { type: 'succeeded', artifactId: 'a' },
      {
        type: 'failed',
        error: { code: 'import.empty', params: { file: 'data.csv' } },
      },
    );
    jobAnswer();
    expect(await run(['call', 'p.csw', jobRequest])).toBe(1);
    expect(lines().at(-1).error).toMatchObject({ code: 'import.empty', message: expect.stringContaining('data.csv') });
  });
});

describe('csw offline-statement', () => {
  it('writes the statement beside the caller, and prints what it states, its checksum and where it lies', async () => {
    expect(await run(['offline-statement', '--lang', 'en', '--out', 'for-security'])).toBe(0);
    const printed = JSON.parse(out);
    const html = readFileSync(printed.html, 'utf8');
    expect(dirname(printed.html)).toBe(join(folder, 'for-security'));
    expect(html).toContain(`id="checksum">${printed.checksum}`);
    expect(html).toContain('Offline statement');
    expect(printed).toMatchObject({
      pdf: null,
      project: null,
      facts: { host: 'cli', version: '1.2.3', refused: { total: 0, byKind: [], last: [] } },
    });
    for (const { value } of printed.facts.layers as { value: string | null }[]) {
      if (value !== null) expect(html).toContain(value);
    }
    expect(html).toContain(printed.facts.readAt.slice(0, 19).replace('T', ' '));
  });

  it('says why there is no PDF where none can be printed', async () => {
    expect(await run(['offline-statement', '--pdf'])).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ pdf: null, pdfProblem: 'no-browser' });
  });
});

describe('usage', () => {
  it.each([
    [[]],
    [['fly']],
    [['new', 'a.csw']],
    [['call']],
    [['call', 'p.csw']],
    [['describe', 'a', 'b']],
    [['offline-statement', 'a.csw', 'b.csw']],
    [['--no-such']],
  ])('of %j is explained with exit code 2', async (words) => {
    expect(await run(words)).toBe(2);
    expect(out).toBe('');
    expect(errors).toContain('csw call FILE REQUEST [JSON]');
  });

  it('is told in the language of the terminal', async () => {
    expect(parseCliArguments(['help'], { LANG: 'zh_CN.UTF-8' })).toEqual({
      language: 'zh-CN',
      command: { type: 'help' },
    });
    expect(parseCliArguments(['help'], { LANG: 'C' }).language).toBe('en');
    expect(await run(['help', '--lang', 'zh'])).toBe(0);
    expect(out).toContain('用法');
  });
});

describe('a password', () => {
  const NEW = ['new', 'q.csw', '--name', 'Quiet'];

  it('comes from the first line of a file or of standard input', async () => {
    writeFileSync(join(folder, 'password'), 'from a file\r\nnot this\n');
    expect(await run([...NEW, '--password-file', 'password'])).toBe(0);
    expect(await engine?.opens('from a file')).toBe(true);
    expect(await run(['call', 'p.csw', 'project.overview', '--password-file', '-'], 'from standard input\n')).toBe(0);
    expect(await engine?.opens('from standard input')).toBe(true);
    expect(`${out}${errors}`).not.toMatch(/from a file|from standard/);
  });

  it('is asked for at a terminal, twice where it is new, and never shown', async () => {
    const asked: string[] = [];
    const type = (answers: string[]) => async (prompt: string) => {
      asked.push(prompt);
      return answers.shift() ?? '';
    };
    expect(await run([...NEW, '--encrypt'], '', type(['typed at last', 'typed at last']))).toBe(0);
    expect(await engine?.opens('typed at last')).toBe(true);
    expect(asked).toEqual(['New password: ', 'The same again: ']);
    expect(await run(['new', 'r.csw', '--name', 'R', '--encrypt'], '', type(['one password', 'another one']))).toBe(1);
    expect(await run(['new', 'r.csw', '--name', 'R', '--encrypt'])).toBe(1);
    expect(`${out}${errors}`).not.toMatch(/typed at last|one password/);
  });

  it('is refused in a command line', async () => {
    const input = JSON.stringify({ path: 'p.csw', password: 'seen by everybody' });
    expect(await run(['call', '-', 'app.openProject', input])).toBe(1);
    expect(JSON.parse(errors)).toMatchObject({ error: { code: 'request.invalid', params: { path: 'password' } } });
    expect(errors).not.toContain('seen by everybody');
  });

  it('is changed by one of three ways, and not by two at once', async () => {
    expect(await run(['password', 'p.csw'])).toBe(2);
    expect(await run(['password', 'p.csw', '--plain', '--encrypt'])).toBe(2);
    writeFileSync(join(folder, 'next'), 'the next password');
    answer = (name) => (name === 'jobs.list' ? { ok: true, value: [] } : null);
    expect(await run(['password', 'p.csw', '--new-password-file', 'next'])).toBe(0);
    expect(await engine?.opens('the next password')).toBe(true);
  });
});
