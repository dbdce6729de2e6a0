import { copyFileSync, cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Settings } from '../../shared/contract/app.ts';
import type { JobRecord } from '../../shared/contract/project.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { isActive } from '../../shared/jobs/state.ts';
import { ask } from '../hosting/job-wait.ts';
import { playSteps, readSample } from '../hosting/sample.ts';
import type { Workbench } from '../hosting/workbench.ts';
import { type Ask, type DemoFindings, findingsOf } from './demo-summary.ts';
import { type Interrupts, stopJobs } from './job-run.ts';

export interface DemoOptions {
  /** Folder with the sample's files and its `sample.json`. */
  readonly sampleFolder: string;
  readonly language: Settings['language'];
  /** Where everything is left; made where it is not there. */
  readonly out: string;
}

/** `summary.json` */
export interface DemoSummary extends DemoFindings {
  readonly seconds: number;
  readonly report: { readonly html: boolean; readonly pdf: boolean; readonly pdfReason: string | null };
}

const MADE = ['project.csw', 'report.html', 'report.pdf', 'package', 'summary.json'];
const MS_PER_SECOND = 1000;

/** The whole engagement of the sample without a screen: project, report, package and a summary of what was found.
 *  @throws AppError 'demo.folder-in-use' and whatever a step is refused or fails with */
export async function runDemo(
  workbench: Workbench,
  { sampleFolder, language, out }: DemoOptions,
  interrupts: Interrupts,
  print: (line: unknown) => void,
): Promise<DemoSummary> {
  mkdirSync(out, { recursive: true });
  if (MADE.some((name) => existsSync(join(out, name)))) throw new AppError('demo.folder-in-use', { folder: out });
  const started = performance.now();
  const actor = workbench.actor();
  const { steps, rest, ...about } = readSample(sampleFolder);
  const { projectId, engine } = await workbench.projects.open(join(out, 'project.csw'), {
    type: 'create',
    name: about.name,
    customer: about.customer,
    period: about.period,
    sample: true,
  });
  const abort = new AbortController();
  const stopListening = interrupts.onInterrupt(() => {
    abort.abort();
    void stopJobs(engine, actor, 'cancel');
  });
  try {
    const all = [...steps, ...rest];
    await playSteps(all, {
      engine,
      folder: sampleFolder,
      sources: workbench.sources,
      actor,
      waitForAll: true,
      signal: abort.signal,
      onStep: (index, step) => print({ step: index + 1, of: all.length, request: step.request }),
      onJob: (job) => print(progressOf(job)),
    });
    const askProject: Ask = (name, input) => ask(engine, name, input, actor);
    const findings = await findingsOf(askProject, language);
    const report = await leaveFiles(askProject, language, out);
    const whole = { seconds: Math.round((performance.now() - started) / MS_PER_SECOND), ...findings, report };
    writeFileSync(join(out, 'summary.json'), `${JSON.stringify(whole, null, 2)}\n`);
    return whole;
  } finally {
    stopListening();
    await workbench.projects.close(projectId);
  }
}

/** Lays report and package where the person asked for them. */
async function leaveFiles(
  askProject: Ask,
  language: DemoOptions['language'],
  out: string,
): Promise<DemoSummary['report']> {
  const [built] = await askProject('landing.packages', {});
  if (built !== undefined) cpSync(built.path, join(out, 'package'), { recursive: true });
  const documents = await askProject('report.documents', {});
  const document = documents.find(({ result }) => result.language === language)?.result;
  if (document === undefined) return { html: false, pdf: false, pdfReason: null };
  copyFileSync(document.html.path, join(out, 'report.html'));
  const { pdf } = document;
  if (pdf.status !== 'written') return { html: true, pdf: false, pdfReason: pdf.reason };
  copyFileSync(pdf.path, join(out, 'report.pdf'));
  return { html: true, pdf: true, pdfReason: null };
}

function progressOf({ slot, state }: JobRecord) {
  const done = isActive(state) && 'progress' in state ? { fraction: state.progress.fraction } : {};
  return { slot: basename(slot), state: state.type, ...done };
}
