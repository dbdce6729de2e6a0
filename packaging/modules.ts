import type { PackagedPlatform } from './platforms.ts';

/** Packages with a native part: bundles load them from `node_modules`, everything else is bundled. */
export const EXTERNAL_MODULES = ['@node-rs/jieba', 'better-sqlite3', 'onnxruntime-node'] as const;

const JIEBA_BINARY: Readonly<Record<PackagedPlatform, string>> = {
  'win32-x64': 'jieba-win32-x64-msvc',
  'darwin-arm64': 'jieba-darwin-arm64',
  'linux-x64': 'jieba-linux-x64-gnu',
};

/** A deployment package is made for the customer's server, which mostly runs Linux, whatever the analyst's machine runs. */
const SERVER_PLATFORM: PackagedPlatform = 'linux-x64';

/** An installed package, and the files of it that are packed: glob patterns below its folder. */
export interface PackedModule {
  readonly name: string;
  readonly keep: readonly string[];
}

/** All that is packed of `node_modules`; what is not named here is not packed. */
export function packedModules(platform: PackagedPlatform): readonly PackedModule[] {
  const runtimes = [...new Set([platform, SERVER_PLATFORM])].map((name) => name.replace('-', '/'));
  return [
    {
      name: 'better-sqlite3',
      keep: [
        'package.json',
        'LICENSE',
        'lib/{index,binding,database,sqlite-error,util}.js',
        'lib/methods/*.js',
        `prebuilds/${platform}.node`,
      ],
    },
    {
      name: 'onnxruntime-node',
      keep: [
        'package.json',
        'dist/*.js',
        // macOS has the library a second time under its full version, which nothing asks for.
        ...runtimes.map((runtime) => `bin/napi-v6/${runtime}/{*.node,*.dll,*.so.1,libonnxruntime.1.dylib}`),
      ],
    },
    { name: 'onnxruntime-common', keep: ['package.json', 'dist/cjs/*.js', 'dist/cjs/package.json'] },
    { name: '@node-rs/jieba', keep: ['package.json', 'LICENSE', 'index.js', 'dict.js', 'dict.txt', 'idf.txt'] },
    { name: `@node-rs/${JIEBA_BINARY[platform]}`, keep: ['package.json', '*.node'] },
    // Bundled too; this copy goes into deployment packages.
    { name: '@huggingface/tokenizers', keep: ['package.json', 'LICENSE', 'dist/tokenizers.min.cjs'] },
  ];
}
