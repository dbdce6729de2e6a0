import { join } from 'node:path';
import type { HandlersFor } from '../../../../../shared/contract/index.ts';
import { AppError } from '../../../../../shared/errors/app-error.ts';
import type { landing } from '../../../../../shared/stages/landing/contract.ts';
import { folderName } from '../../../../../shared/stages/landing/package/folder-name.ts';
import {
  type PackageCheckResult,
  type PackageResult,
  packageResultSchema,
} from '../../../../../shared/stages/landing/package/results.ts';
import { keyOf } from '../../../artifacts/kind.ts';
import { DEFAULT_SEED, type EngineContext } from '../../../context.ts';
import { modelSlot } from '../../competitiveness/project-model.ts';
import { packageCandidates } from './candidates.ts';
import { exportsFolder, isOwnPackage, refuseForeign } from './exports-folder.ts';
import { packageParamsSchema } from './package.ts';
import { ownPlatform, platformsHere } from './vendor.ts';

type PackageRequest = 'landing.buildPackage' | 'landing.packages' | 'landing.packageOptions' | 'landing.verifyPackage';

export const packageHandlers = (context: EngineContext): Pick<HandlersFor<typeof landing.requests>, PackageRequest> => {
  const { store, deps, path } = context;
  const projectId = () => store.project.get().id;
  return {
    'landing.buildPackage': ({ platform, ...rest }) => {
      if (store.current(modelSlot(rest.modelId)) === undefined) {
        throw new AppError('artifact.not-found', { id: rest.modelId });
      }
      const chosen = platform ?? ownPlatform();
      if (chosen === null || !platformsHere(deps.packageParts.modules).includes(chosen)) {
        throw new AppError('landing.platform-missing', { platform: chosen ?? `${process.platform}-${process.arch}` });
      }
      const folder = folderName(rest.name);
      refuseForeign(join(exportsFolder(path), folder), projectId());
      const slot = `landing.package:${packageId(context, folder)}`;
      return context.start([{ slot, params: { ...rest, platform: chosen }, seed: DEFAULT_SEED }]);
    },
    'landing.packages': () =>
      store.slotsOf('landing.package').flatMap((slot) => {
        const built = context.view<PackageResult>(slot);
        if (built === null) return [];
        const place = join(exportsFolder(path), built.result.folder);
        return [
          {
            built,
            check: context.view<PackageCheckResult>(`landing.packageCheck:${keyOf(slot)}`),
            path: place,
            isThere: isOwnPackage(place, projectId()),
          },
        ];
      }),
    'landing.packageOptions': () => ({
      candidates: packageCandidates(context),
      platforms: platformsHere(deps.packageParts.modules),
      ownPlatform: ownPlatform(),
      exportsFolder: exportsFolder(path),
    }),
    'landing.verifyPackage': ({ packageId: id }) => {
      if (store.current(`landing.package:${id}`) === undefined) throw new AppError('artifact.not-found', { id });
      return context.start([{ slot: `landing.packageCheck:${id}`, params: {}, seed: DEFAULT_SEED }]);
    },
  };
};

/** The package of this folder, else the next number; numbers are never used twice. */
function packageId({ store, queue }: EngineContext, folder: string): string {
  for (const slot of store.slotsOf('landing.package')) {
    const artifact = store.current(slot);
    if (artifact !== undefined && packageResultSchema.parse(artifact.result).folder === folder) return keyOf(slot);
  }
  const jobs = queue.list().filter(({ slot }) => slot.startsWith('landing.package:'));
  for (const { slot, id } of jobs) {
    const params = packageParamsSchema.safeParse(store.jobs.get(id)?.params);
    if (params.success && folderName(params.data.name) === folder) return keyOf(slot);
  }
  const used = [...store.slotsOf('landing.package'), ...jobs.map(({ slot }) => slot)];
  return `P${Math.max(0, ...used.map((slot) => Number(keyOf(slot).slice(1)))) + 1}`;
}
