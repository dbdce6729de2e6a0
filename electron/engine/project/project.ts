import type { HandlersFor } from '../../../shared/contract/index.ts';
import type { project } from '../../../shared/contract/project.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { kindOf } from '../artifacts/kind.ts';
import { artifactInfo } from '../artifacts/staleness.ts';
import type { EngineContext } from '../context.ts';
import { exportRows } from '../report/export.ts';
import { createArrangedRows } from './arranged-rows.ts';
import { evidenceRows } from './evidence.ts';
import { overview } from './overview.ts';
import { saveCopy } from './save-copy.ts';
import { search } from './search.ts';
import type { UndoLog } from './undo.ts';
import { verify } from './verify.ts';

export const projectHandlers = (context: EngineContext): HandlersFor<typeof project.requests> => {
  const { store } = context;
  const arrangedRows = createArrangedRows(context);
  return {
    'project.overview': () => overview(context),
    'project.rename': ({ name, customer, period }) => {
      store.project.rename(name, customer, period);
      return {};
    },
    'project.saveCopy': ({ path }) => saveCopy(context, path),
    'project.verify': () =>
      verify(context, (check, done, total) => context.emit({ type: 'verifyProgressed', check, done, total })),
    'project.artifacts': () => {
      const stale = context.stale();
      return store.artifacts.allCurrent().map((artifact) => artifactInfo(artifact, stale.get(artifact.slot) ?? []));
    },
    'project.artifact': ({ artifactId }) => {
      const artifact = store.artifacts.get(artifactId);
      if (artifact === undefined) throw new AppError('artifact.not-found', { id: artifactId });
      const stands = store.current(artifact.slot)?.id === artifactId;
      const stale = stands ? (context.stale().get(artifact.slot) ?? []) : [];
      return { artifact: artifactInfo(artifact, stale), result: artifact.result };
    },
    'project.chain': ({ slot }) => chain(context, slot),
    'project.undoable': () => {
      const { undo, redo } = context.undoLog.next();
      return { undo: shown(undo), redo: shown(redo) };
    },
    'project.undo': ({ sequence }) => {
      context.repoint(() => context.undoLog.undo(sequence));
      return {};
    },
    'project.redo': ({ sequence }) => {
      context.repoint(() => context.undoLog.redo(sequence));
      return {};
    },
    'project.versions': ({ slot }) => {
      const standing = store.current(slot)?.id;
      const stale = context.stale().get(slot) ?? [];
      return [...store.artifacts.versions(slot)].reverse().map((artifact) => ({
        artifact: artifactInfo(artifact, artifact.id === standing ? stale : []),
        stands: artifact.id === standing,
      }));
    },
    'project.removed': () => store.artifacts.emptied().map((artifact) => artifactInfo(artifact, [])),
    'project.restore': ({ artifactId }) => {
      const artifact = store.artifacts.get(artifactId);
      if (artifact === undefined) throw new AppError('artifact.not-found', { id: artifactId });
      const { slot } = artifact;
      context.undoLog.changed(slot, store.current(slot)?.id ?? null, artifactId);
      context.repoint(() => {
        store.artifacts.point(slot, artifactId);
        return [slot];
      });
      return {};
    },
    'project.recompute': ({ includeTraining }) => {
      const stale = context.stale();
      const wanted = store.artifacts
        .allCurrent()
        .filter((artifact) => (stale.get(artifact.slot)?.length ?? 0) > 0)
        .filter((artifact) => includeTraining || !needsTraining(context, artifact.slot));
      const targets = wanted.map(({ slot, params, seed }) => ({ slot, params, seed }));
      if (targets.length === 0) throw new AppError('artifact.nothing-stale', {});
      return context.start(targets, { waitForAll: true });
    },
    'project.rows': ({ ref, offset, limit, filter = '', order = null }) =>
      filter.trim() === '' && order === null
        ? evidenceRows(context, ref, offset, limit)
        : arrangedRows(ref, offset, limit, { filter, order }),
    'project.exportRows': ({ ref, title, language }) => exportRows(context, ref, title, language),
    'project.search': ({ text, limit }) => search(context, text, limit),
    'project.audit': ({ offset, limit }) => ({
      total: store.audit.count(),
      intact: store.audit.isIntact(),
      entries: store.audit.page(offset, limit).map(({ sequence, at, actor, request, input, outcome, hash }) => ({
        sequence,
        at,
        actor,
        request,
        input,
        outcome,
        hash,
      })),
    }),
  };

  function needsTraining({ kinds }: EngineContext, slot: string): boolean {
    const stale = context.stale();
    const visit = (at: string): boolean => {
      if ((stale.get(at)?.length ?? 0) === 0) return false;
      if (kinds.get(kindOf(at))?.training === true) return true;
      return store.current(at)?.inputs.some((input) => visit(input.slot)) ?? false;
    };
    return visit(slot);
  }
};

function shown(entry: ReturnType<UndoLog['next']>['undo']) {
  if (entry === null) return null;
  const { sequence, request, at, changes } = entry;
  return { sequence, request, at, slots: changes.map(({ slot }) => slot) };
}

function chain({ store, stale }: EngineContext, slot: string) {
  const all = store.artifacts.allCurrent();
  const bySlot = new Map(all.map((artifact) => [artifact.slot, artifact]));
  const reasons = stale();
  const depths = new Map<string, number>([[slot, 0]]);
  const walk = (from: string, step: -1 | 1) => {
    const next =
      step === -1
        ? (bySlot.get(from)?.inputs.map((input) => input.slot) ?? [])
        : all
            .filter((artifact) => artifact.inputs.some((input) => input.slot === from))
            .map((artifact) => artifact.slot);
    for (const to of next) {
      if (depths.has(to)) continue;
      depths.set(to, (depths.get(from) ?? 0) + step);
      walk(to, step);
    }
  };
  walk(slot, -1);
  walk(slot, 1);
  return [...depths]
    .sort((a, b) => a[1] - b[1])
    .flatMap(([at, depth]) => {
      const artifact = bySlot.get(at);
      return artifact === undefined ? [] : [{ artifact: artifactInfo(artifact, reasons.get(at) ?? []), depth }];
    });
}
