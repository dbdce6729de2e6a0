import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Settings } from '../../shared/contract/app.ts';
import { requests } from '../../shared/contract/index.ts';
import { AppError, type AppErrorJson, fromAppErrorJson, toAppErrorJson } from '../../shared/errors/app-error.ts';
import { because } from '../../shared/errors/reasons.ts';
import { createTranslate } from '../../shared/i18n/translate.ts';
import type { Engine } from '../engine/engine.ts';
import { resolveFileSources } from '../hosting/file-sources.ts';
import { ask } from '../hosting/job-wait.ts';
import type { Workbench } from '../hosting/workbench.ts';
import type { CliCommand } from './arguments.ts';
import { runDemo } from './demo.ts';
import { assertKnown, describeContract, listContract } from './describe.ts';
import { HELP_TEXT } from './help-text.ts';
import { followJob, type Interrupts, resumeWithInputs } from './job-run.ts';
import { type PasswordSource, passwordFrom, typeNewPassword } from './password.ts';
import { writeStatement } from './write-statement.ts';

/** Passwords that may be typed before the command gives up. */
const MOST_TRIES = 3;

interface Opened {
  readonly projectId: string;
  readonly password: string | null;
}

const EXIT = { done: 0, refused: 1, usage: 2, stopped: 3 } as const;
type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Where a command reads and writes, so that a test can stand in for the terminal. */
export interface Terminal extends Interrupts, PasswordSource {
  out(text: string): void;
  error(text: string): void;
  /** Made only for commands that need it: `describe` and `help` start no process and open no file. */
  workbench(folder: string): Promise<Workbench>;
}

/** Runs one command. Never rejects: what goes wrong is printed as JSON and shows in the exit code. */
export async function runCli(
  language: Settings['language'],
  command: CliCommand,
  terminal: Terminal,
): Promise<ExitCode> {
  const printError = (value: unknown) => terminal.error(`${JSON.stringify(value)}\n`);
  try {
    switch (command.type) {
      case 'help':
        terminal.out(HELP_TEXT[language]);
        return EXIT.done;
      case 'usage':
        terminal.error(`csw: ${command.problem}\n\n${HELP_TEXT[language]}`);
        return EXIT.usage;
      case 'describe':
        terminal.out(describeText(command, language));
        return EXIT.done;
      default: {
        const workbench = await terminal.workbench(terminal.folder);
        try {
          return await runOnWorkbench(language, command, terminal, workbench, printError);
        } finally {
          await workbench.close();
        }
      }
    }
  } catch (error) {
    printError({ error: await withTexts(language, toAppErrorJson(error)) });
    return EXIT.refused;
  }
}

function describeText(
  { request, json }: Extract<CliCommand, { type: 'describe' }>,
  language: Settings['language'],
): string {
  if (request === null && !json) return listContract(language);
  return `${JSON.stringify(describeContract(request, language), null, 2)}\n`;
}

/** An error with what it says to people. The texts are loaded only when something went wrong. */
async function withTexts(language: Settings['language'], error: AppErrorJson) {
  const [{ createTranslate }, { errorText }] = await Promise.all([
    import('../../shared/i18n/translate.ts'),
    import('../../shared/i18n/error-text.ts'),
  ]);
  return { ...error, ...errorText(createTranslate(language), error) };
}

async function runOnWorkbench(
  language: Settings['language'],
  command: Extract<CliCommand, { type: 'new' | 'call' | 'resume' | 'password' | 'demo' | 'statement' }>,
  terminal: Terminal,
  workbench: Workbench,
  printError: (value: unknown) => void,
): Promise<ExitCode> {
  const print = (value: unknown) => terminal.out(`${JSON.stringify(value, null, 2)}\n`);
  const appCall = async (name: string, input: unknown): Promise<unknown> => {
    const reply = await workbench.call(name, input, null);
    if (!reply.ok) throw fromAppErrorJson(reply.error);
    return reply.value;
  };
  const t = createTranslate(language);
  const givenPassword = (file: string | null) => (file === null ? null : passwordFrom(file, terminal));
  /** With the password that was named; where none was and one is needed, whoever sits at the terminal is asked. */
  const openProject = async (file: string, passwordFile: string | null, readOnly = false): Promise<Opened> => {
    const path = resolve(terminal.folder, file);
    const open = (password: string | null) => appCall('app.openProject', { path, password, readOnly });
    let password = await givenPassword(passwordFile);
    for (let typed = 0; ; typed++) {
      try {
        return { ...((await open(password)) as { projectId: string }), password };
      } catch (error) {
        const code = error instanceof AppError ? error.code : '';
        const again = code === 'project.password-needed' || (code === 'project.password-wrong' && typed > 0);
        if (!again || terminal.askPassword === null || typed === MOST_TRIES) throw error;
        password = await terminal.askPassword(t('password.prompt', { file }));
      }
    }
  };
  const openFile = async (file: string, passwordFile: string | null, readOnly = false): Promise<Engine> =>
    workbench.projects.get((await openProject(file, passwordFile, readOnly)).projectId).engine;
  const newPassword = () => typeNewPassword(terminal, [t('password.promptNew'), t('password.promptAgain')]);
  const finish = async (engine: Engine, file: string, jobId: string): Promise<ExitCode> => {
    const job = await followJob(engine, jobId, workbench.actor(), terminal, printError);
    switch (job.state.type) {
      case 'succeeded': {
        const { artifactId } = job.state;
        const made = await ask<{ artifact: unknown; result: unknown }>(
          engine,
          'project.artifact',
          { artifactId },
          workbench.actor(),
        );
        print({ job, ...made });
        return EXIT.done;
      }
      case 'failed':
        throw fromAppErrorJson(job.state.error);
      default:
        printError({
          stopped: job.state.type,
          jobId,
          ...(job.state.type === 'cancelled' ? {} : { resume: `csw call ${JSON.stringify(file)} --resume ${jobId}` }),
        });
        return EXIT.stopped;
    }
  };

  switch (command.type) {
    case 'new': {
      const { name, customer, period } = command;
      const path = resolve(terminal.folder, command.file);
      const password = command.encrypt ? await newPassword() : await givenPassword(command.passwordFile);
      print(await appCall('app.createProject', { name, customer, period, path, password }));
      return EXIT.done;
    }
    case 'statement': {
      const { file, pdf } = command;
      const folder = resolve(terminal.folder, command.out);
      const projectId = file === null ? null : (await openProject(file, command.passwordFile)).projectId;
      print(await writeStatement(workbench, { language, projectId, pdf }, folder));
      return EXIT.done;
    }
    case 'demo': {
      const sampleFolder =
        command.sample === null ? join(workbench.samplesFolder, language) : resolve(terminal.folder, command.sample);
      const out = resolve(terminal.folder, command.out);
      print(await runDemo(workbench, { sampleFolder, language, out }, terminal, printError));
      return EXIT.done;
    }
    case 'password': {
      const { projectId, password } = await openProject(command.file, command.passwordFile);
      const { next: wanted } = command;
      const next =
        wanted.type === 'none'
          ? null
          : wanted.type === 'typed'
            ? await newPassword()
            : await givenPassword(wanted.path);
      print(await appCall('app.changePassword', { projectId, current: password, next }));
      return EXIT.done;
    }
    case 'resume': {
      const engine = await openFile(command.file, command.passwordFile);
      await resumeWithInputs(engine, command.jobId, workbench.actor());
      return finish(engine, command.file, command.jobId);
    }
    case 'call': {
      const { file, request, readOnly } = command;
      assertKnown(request);
      const given = await readInput(command, terminal);
      refuseInlinePassword(command, given);
      const input = resolveFileSources(given, terminal.folder, workbench.sources);
      if (request.startsWith('app.')) {
        print(await appCall(request, input));
        return EXIT.done;
      }
      if (file === '-') throw new AppError('project.none-open', {});
      const engine = await openFile(file, command.passwordFile, readOnly);
      const value = await ask<unknown>(engine, request, input, workbench.actor());
      if (requests[request as keyof typeof requests].effect === 'job') {
        return finish(engine, file, (value as { jobId: string }).jobId);
      }
      print(value);
      return EXIT.done;
    }
  }
}

/** What stands in a command line can be read by every program of the machine, and in the history of the terminal. @throws AppError 'request.invalid' */
function refuseInlinePassword({ request, input }: { request: string; input: string }, given: unknown): void {
  if (input === '-' || input.startsWith('@') || typeof given !== 'object' || given === null) return;
  const path = ['password', 'current', 'next'].find((key) => typeof Reflect.get(given, key) === 'string');
  if (path === undefined || !request.startsWith('app.')) return;
  throw new AppError('request.invalid', { name: request, path, problem: because('password-in-words', {}) });
}

/** @throws AppError 'request.invalid' */
async function readInput({ request, input }: { request: string; input: string }, terminal: Terminal): Promise<unknown> {
  try {
    if (input === '-') return JSON.parse(await text(terminal.input));
    if (input.startsWith('@')) return JSON.parse(readFileSync(resolve(terminal.folder, input.slice(1)), 'utf8'));
    return JSON.parse(input);
  } catch {
    // Not what the parser says, which quotes the input: that can hold a password.
    throw new AppError('request.invalid', { name: request, path: '', problem: because('not-json', {}) });
  }
}
