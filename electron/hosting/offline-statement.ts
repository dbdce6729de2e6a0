import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Settings } from '../../shared/contract/app.ts';
import type { Output } from '../../shared/contract/index.ts';
import type { OfflineFacts, OfflineStatement, StatedProject } from '../../shared/contract/offline.ts';
import type { PrintPdf } from '../engine/deps.ts';
import type { Engine } from '../engine/engine.ts';
import { ask } from './job-wait.ts';
import { nativeFiles } from './native-files.ts';

export interface StatementOptions {
  readonly language: Settings['language'];
  readonly pdf: boolean;
  readonly facts: OfflineFacts;
  /** The project to name; null: none. */
  readonly engine: Engine | null;
  readonly actor: string;
  /** Folder of the installed packages. */
  readonly modules: string;
  readonly printPdf: PrintPdf;
}

/** The statement as one HTML file, and printed where that was asked for. It is kept nowhere: whoever asked saves it. */
export async function makeStatement(options: StatementOptions): Promise<OfflineStatement> {
  const { language, pdf, facts, engine, actor } = options;
  // Loaded late: a host starts without texts.
  const [{ renderStatement }, { withChecksum }, { createTranslate }] = await Promise.all([
    import('../../shared/offline/render-statement.ts'),
    import('../../shared/offline/statement-checksum.ts'),
    import('../../shared/i18n/translate.ts'),
  ]);
  const t = createTranslate(language);
  const project = engine === null ? null : await statedProject(engine, actor);
  const binaries = [...nativeFiles(options.modules)];
  const stem = `${t('offline.statement.fileName')}-${facts.readAt.slice(0, 'YYYY-MM-DDTHH:MM:SS'.length).replaceAll(/[-:]/g, '')}Z`;
  const fileName = `${stem}.html`;
  const unsigned = renderStatement({ facts, project, binaries, language, fileName }, t);
  const checksum = createHash('sha256').update(unsigned).digest('hex');
  const html = withChecksum(unsigned, checksum);
  const printed = pdf ? await print(html, options.printPdf) : null;
  return {
    facts,
    project,
    binaries,
    fileName,
    html,
    checksum,
    pdf: printed === null || typeof printed === 'string' ? null : { fileName: `${stem}.pdf`, ...printed },
    pdfProblem: typeof printed === 'string' ? printed : null,
  };
}

async function statedProject(engine: Engine, actor: string): Promise<StatedProject> {
  const { project } = await ask<Output<'project.overview'>>(engine, 'project.overview', {}, actor);
  const audit = await ask<Output<'project.audit'>>(engine, 'project.audit', { offset: 0, limit: 1 }, actor);
  const { name, customer, path, encrypted } = project;
  return { name, customer, path, encrypted, auditEntries: audit.total, auditIntact: audit.intact };
}

/** The PDF, or why there is none. */
async function print(
  html: string,
  printPdf: PrintPdf,
): Promise<{ readonly base64: string } | NonNullable<OfflineStatement['pdfProblem']>> {
  const folder = mkdtempSync(join(tmpdir(), 'success-workbench-statement-'));
  try {
    const from = join(folder, 'statement.html');
    const to = join(folder, 'statement.pdf');
    writeFileSync(from, html, { mode: 0o600 });
    const outcome = await printPdf(from, to, new AbortController().signal);
    return outcome.type === 'written' ? { base64: readFileSync(to).toString('base64') } : outcome.reason;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
