import { z } from 'zod';

const namesSchema = z.union([z.string(), z.array(z.string())]);

const packageSchema = z.object({
  name: z.string().optional(),
  version: z.string().optional(),
  license: z.string().optional(),
  os: namesSchema.optional(),
  cpu: namesSchema.optional(),
  dependencies: z.record(z.string(), z.string()).optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
});

const lockSchema = z.object({ packages: z.record(z.string(), packageSchema) });

export interface ProductionPackage {
  /** Its folder, relative to the project: `node_modules/…`. */
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  /** For one platform only, so perhaps not installed here. */
  readonly platformOnly: boolean;
}

/** What the product needs at run time, found by walking the lock file from the project's own dependencies; sorted by name. */
export function productionPackages(lockText: string): readonly ProductionPackage[] {
  const { packages } = lockSchema.parse(JSON.parse(lockText));
  const found = new Map<string, ProductionPackage>();
  const waiting = [''];
  for (let from = waiting.pop(); from !== undefined; from = waiting.pop()) {
    const { dependencies = {}, optionalDependencies = {} } = packages[from] ?? {};
    for (const wanted of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const folder = resolveFolder(packages, from, wanted);
      if (folder === null || found.has(folder)) continue;
      const entry = packages[folder]!;
      found.set(folder, {
        folder,
        name: entry.name ?? wanted,
        version: entry.version ?? '',
        licence: (entry.license ?? 'MIT').replace(/^\((.*)\)$/u, '$1'),
        platformOnly: entry.os !== undefined || entry.cpu !== undefined,
      });
      waiting.push(folder);
    }
  }
  return [...found.values()].sort((a, b) =>
    a.name < b.name ? -1 : a.name > b.name ? 1 : a.version < b.version ? -1 : 1,
  );
}

/** Node's own rule: the nearest `node_modules` upward that holds the package. */
function resolveFolder(packages: Readonly<Record<string, unknown>>, from: string, wanted: string): string | null {
  for (let at = from; ; at = at.includes('/node_modules/') ? at.slice(0, at.lastIndexOf('/node_modules/')) : '') {
    const folder = `${at === '' ? '' : `${at}/`}node_modules/${wanted}`;
    if (Object.hasOwn(packages, folder)) return folder;
    if (at === '') return null;
  }
}
