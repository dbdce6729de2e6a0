import { createHash } from 'node:crypto';
import { join } from 'node:path';
import {
  type ReportDocument,
  type ReportSection,
  reportChoiceSchema,
  reportDocumentSchema,
} from '../../../shared/contract/report.ts';
import { NO_PROGRESS } from '../../../shared/jobs/state.ts';
import type { ReportModel } from '../../../shared/report/build-report.ts';
import type { ReportInput } from '../../../shared/report/input.ts';
import { defineKind, type StepContext } from '../artifacts/kind.ts';
import { artifactInfo } from '../artifacts/staleness.ts';
import type { EngineContext } from '../context.ts';
import type { ProjectStore } from '../project-store.ts';
import { aboveFloor } from '../stages/competitiveness/above-floor.ts';
import { exportsFolder, writeText, writeWhole } from './files.ts';
import { quotesOfNeeds } from './quotes.ts';
import { printedSlots, reportSections } from './sections.ts';

/** A report over the stages: one HTML file, also kept in the project, and a PDF of it where a browser is found. */
export const documentKind = defineKind({
  name: 'report.document',
  stage: 'report',
  lane: 'io',
  revision: 1,
  params: reportChoiceSchema,
  result: reportDocumentSchema,
  pausable: false,
  training: false,
  takesStale: true,
  outsideHash: ['html', 'pdf', 'warnings'],
  inputs: (params, slots) => printedSlots(slots, params.sections),
  defaultParams: () => null,
  async run(context) {
    const { params, store, path, signal, progress } = context;
    progress({ ...NO_PROGRESS, phase: 'saving' });
    const { buildReport, figuresOf } = await import('../../../shared/report/build-report.ts');
    const { renderReport } = await import('../../../shared/report/html/render-report.ts');
    const { createTranslate } = await import('../../../shared/i18n/translate.ts');
    const t = createTranslate(params.language);
    const all = reportSections(store, context.stale());
    const sections = all.filter(({ id }) => params.sections === null || params.sections.includes(id));
    const input = reportInput(context, sections);
    const model = buildReport(input, t);
    const html = renderReport(model, input, t);

    const folder = exportsFolder(path);
    const htmlPath = join(folder, `report-${params.language}.html`);
    const pdfPath = join(folder, `report-${params.language}.pdf`);
    const written = await writeText(htmlPath, html);
    signal.throwIfAborted();
    const pdf = params.pdf
      ? await printed(context, htmlPath, pdfPath)
      : ({ status: 'unavailable', reason: 'not-asked' } as const);

    const staleSlots = [...new Set(sections.flatMap((section) => section.staleSlots))];
    const counted = model.stages.flatMap((stage) =>
      stage.sections.map(({ id, state, blocks }) => ({ id, state, figures: figuresOf(blocks) })),
    );
    const unknown = (params.sections ?? []).filter((id) => !all.some((section) => section.id === id));
    const result: ReportDocument = {
      language: params.language,
      title: model.title,
      author: params.author,
      sections: counted,
      figures: counted.reduce((sum, { figures }) => sum + figures, 0),
      staleSlots,
      contentSha256: contentHash(model),
      html: written,
      pdf,
      warnings: [
        ...staleSlots.map((slot) => ({ code: 'stale' as const, params: { slot } })),
        ...sections
          .filter(({ state }) => state === 'missing')
          .map(({ id }) => ({ code: 'missing' as const, params: { section: id } })),
        ...model.unreadable.map((slot) => ({ code: 'unreadable' as const, params: { slot } })),
        ...unknown.map((section) => ({ code: 'unknown-section' as const, params: { section } })),
        ...(pdf.status === 'written' || pdf.reason === 'not-asked'
          ? []
          : [{ code: `pdf-${pdf.status}` as const, params: { reason: pdf.reason } }]),
      ],
    };
    return { type: 'done', result, parts: { html: Buffer.from(html) } };
  },
});

/** What the writers of one section read, without comments and PDF. */
export function sectionInput(
  context: EngineContext,
  section: ReportSection,
  language: ReportInput['choice']['language'],
): ReportInput {
  const choice = { language, sections: [section.id], title: '', author: '', comments: [], pdf: false };
  return reportInput({ ...context, params: choice }, [section]);
}

function reportInput(
  { params, store, deps, stale }: Pick<StepContext<ReportInput['choice']>, 'params' | 'store' | 'deps' | 'stale'>,
  sections: readonly ReportSection[],
): ReportInput {
  const reasons = stale();
  const { name, customer, period, sample, dataVersion } = store.project.get();
  return {
    choice: params,
    project: { name, customer, period, sample, dataVersion },
    madeAt: deps.now().toISOString(),
    appVersion: deps.appVersion,
    audit: { entries: store.audit.count(), intact: store.audit.isIntact() },
    sections,
    artifacts: printedSlots(store, params.sections).flatMap((slot) => {
      const artifact = store.current(slot);
      return artifact === undefined
        ? []
        : [{ info: artifactInfo(artifact, reasons.get(slot) ?? []), result: artifact.result }];
    }),
    quotes: sections.some(({ id }) => id === 'demand.needs') ? quotesOfNeeds(store) : new Map(),
    aboveFloor: sections.some(({ id }) => id === 'competitiveness.models') ? aboveFloors(store) : new Map(),
  };
}

function aboveFloors(store: ProjectStore): ReportInput['aboveFloor'] {
  const ids = store.slotsOf('competitiveness.run').map((slot) => slot.slice(slot.indexOf(':') + 1));
  return new Map(
    ids.flatMap((id) => {
      const answer = aboveFloor(store, id);
      return answer === null ? [] : [[id, answer]];
    }),
  );
}

async function printed(
  { deps, signal, progress }: StepContext<ReportInput['choice']>,
  htmlPath: string,
  pdfPath: string,
): Promise<ReportDocument['pdf']> {
  progress({ ...NO_PROGRESS, phase: 'printing' });
  const outcomes: Awaited<ReturnType<typeof deps.printPdf>>[] = [];
  try {
    const file = await writeWhole(pdfPath, async (partial) => {
      const outcome = await deps.printPdf(htmlPath, partial, signal);
      outcomes.push(outcome);
      if (outcome.type !== 'written') throw new NotPrinted();
    });
    return { status: 'written', ...file };
  } catch (error) {
    const [outcome] = outcomes;
    if (!(error instanceof NotPrinted) || outcome === undefined || outcome.type === 'written') throw error;
    if (outcome.type === 'failed') deps.log({ level: 'error', what: 'print report', detail: outcome.detail });
    return { status: outcome.type, reason: outcome.reason };
  }
}

/** Leaves the writing of a file that a printer did not make. */
class NotPrinted extends Error {}

const OUTSIDE = new Set(['createdAt', 'durationMs']);

/** Of what the report says, without when its results were made. */
function contentHash(model: ReportModel): string {
  const text = JSON.stringify(model, (key, value: unknown) => (OUTSIDE.has(key) ? undefined : value));
  return createHash('sha256').update(text).digest('hex');
}
