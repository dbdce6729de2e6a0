import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../../../shared/errors/app-error.ts';
import { PACKAGE_PLATFORMS, type PackagePlatform } from '../../../../../shared/stages/landing/package/results.ts';

const RUNTIME = 'onnxruntime-node';
const BINARIES = ['bin', 'napi-v6'] as const;
const VENDOR = 'vendor/node_modules';

/** Where each kept file of a vendored package comes from: scripts that run, without maps, types, tests or installers. */
const KEPT: Readonly<Record<string, { readonly folder: string; readonly keep: RegExp }>> = {
  'onnxruntime-node': { folder: 'dist', keep: /\.js$/ },
  'onnxruntime-common': { folder: 'dist/cjs', keep: /(\.js|^package\.json)$/ },
  '@huggingface/tokenizers': { folder: 'dist', keep: /^tokenizers\.min\.cjs$/ },
};

/** What stands in the `package.json` of a vendored package: how it is loaded and whose it is, nothing that installs. */
const ENTRY: Readonly<Record<string, string>> = {
  'onnxruntime-node': 'dist/index.js',
  'onnxruntime-common': 'dist/cjs/index.js',
  '@huggingface/tokenizers': 'dist/tokenizers.min.cjs',
};

const packageJsonSchema = z.object({ version: z.string(), license: z.string() });

/** A file of a package: copied from another, or written as text. */
export type PackageSource =
  | { readonly path: string; readonly from: string }
  | { readonly path: string; readonly text: string };

/** This machine as a platform; null where none of the runtime's. */
export function ownPlatform(): PackagePlatform | null {
  const own = `${process.platform}-${process.arch}`;
  return PACKAGE_PLATFORMS.find((platform) => platform === own) ?? null;
}

function binaryFolder(modules: string, platform: PackagePlatform): string {
  const [system = '', processor = ''] = platform.split('-');
  return join(modules, RUNTIME, ...BINARIES, system, processor);
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

/** Platforms whose runtime is installed here. */
export function platformsHere(modules: string): PackagePlatform[] {
  return PACKAGE_PLATFORMS.filter((platform) =>
    filesIn(binaryFolder(modules, platform)).includes('onnxruntime_binding.node'),
  );
}

export function vendoredVersion(modules: string, name: string): string {
  return packageJsonSchema.parse(JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8'))).version;
}

/** The runtime's own binaries for a platform. @throws AppError 'landing.platform-missing' */
export function runtimeBinaries(modules: string, platform: PackagePlatform): PackageSource[] {
  const folder = binaryFolder(modules, platform);
  const names = filesIn(folder);
  if (!names.includes('onnxruntime_binding.node')) throw new AppError('landing.platform-missing', { platform });
  const [system, processor] = platform.split('-');
  // macOS has the library twice; the binding asks for the name without the full version.
  const needed = names.filter((name) => !/^libonnxruntime\.\d+\.\d+\.\d+\.dylib$/.test(name));
  return needed.map((name) => ({
    path: `${VENDOR}/${RUNTIME}/${BINARIES.join('/')}/${system}/${processor}/${name}`,
    from: join(folder, name),
  }));
}

/** The scripts of everything vendored, with their licences. */
export function vendoredScripts(modules: string, licences: string): PackageSource[] {
  const scripts = Object.entries(KEPT).flatMap(([name, { folder, keep }]): PackageSource[] => {
    const own = packageJsonSchema.parse(JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8')));
    const description = { name, version: own.version, license: own.license, main: ENTRY[name] };
    return [
      { path: `${VENDOR}/${name}/package.json`, text: `${JSON.stringify(description, null, 2)}\n` },
      ...filesIn(join(modules, name, folder))
        .filter((file) => keep.test(file))
        .map((file) => ({ path: `${VENDOR}/${name}/${folder}/${file}`, from: join(modules, name, folder, file) })),
    ];
  });
  return [
    ...scripts,
    ...filesIn(licences)
      .filter((name) => name.startsWith('onnxruntime-'))
      .map((name) => ({ path: `LICENSES/${name}`, from: join(licences, name) })),
    {
      path: 'LICENSES/huggingface-tokenizers-LICENSE.txt',
      from: join(modules, '@huggingface/tokenizers', 'LICENSE'),
    },
  ];
}
