import { basename } from 'node:path';
import type { HandlersFor } from '../../../shared/contract/index.ts';
import type { ReportDocument, report } from '../../../shared/contract/report.ts';
import { DEFAULT_SEED, type EngineContext } from '../context.ts';
import { exportTables } from './export.ts';
import { reportSections } from './sections.ts';

export const reportHandlers = (context: EngineContext): HandlersFor<typeof report.requests> => {
  const { store } = context;
  return {
    'report.sections': () => [...reportSections(store, context.stale())],
    'report.build': (choice) =>
      context.start([{ slot: `report.document:${choice.language}`, params: choice, seed: DEFAULT_SEED }]),
    'report.documents': () =>
      store.slotsOf('report.document').flatMap((slot) => context.view<ReportDocument>(slot) ?? []),
    'report.exportTables': ({ section, language }) => exportTables(context, section, language),
    'report.html': ({ language }) => {
      const slot = `report.document:${language}`;
      const view = context.view<ReportDocument>(slot);
      const artifact = store.current(slot);
      if (view === null || artifact === undefined) return null;
      return {
        artifact: view.artifact,
        fileName: basename(view.result.html.path),
        html: Buffer.from(store.part(artifact, 'html')).toString('utf8'),
      };
    },
  };
};
