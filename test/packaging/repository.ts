import { copyFileSync, linkSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EXTERNAL_MODULES } from '../../packaging/modules.ts';

const REPOSITORY = join(import.meta.dirname, '..', '..');
/** The part of jieba for each platform; npm installs only that of this machine. */
const JIEBA = ['jieba-win32-x64-msvc', 'jieba-darwin-arm64', 'jieba-linux-x64-gnu'];

const MODULES = [...EXTERNAL_MODULES, 'onnxruntime-common', '@huggingface/tokenizers'];

/** Brings a folder of our repository without copying its bytes: no test may write to what comes from there. */
function bring(root: string, folder: string): void {
  for (const entry of readdirSync(join(REPOSITORY, folder), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const from = join(entry.parentPath, entry.name);
    const to = join(root, from.slice(REPOSITORY.length));
    mkdirSync(dirname(to), { recursive: true });
    try {
      linkSync(from, to);
    } catch {
      // On another disk.
      copyFileSync(from, to);
    }
  }
}

/** Writes a file below a folder. */
export function writeBelow(root: string, path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

/** A repository that can be packed for every platform: ours, with a small build, models and jieba's binaries that stand in for the real ones. */
export function writeRepository(root: string): void {
  const { version, productName, devDependencies } = JSON.parse(
    readFileSync(join(REPOSITORY, 'package.json'), 'utf8'),
  ) as { version: string; productName: string; devDependencies: { electron: string } };
  const { electron } = devDependencies;
  writeBelow(
    root,
    'package.json',
    JSON.stringify({ name: 'success-workbench', productName, version, type: 'module', devDependencies: { electron } }),
  );
  symlinkSync(join(REPOSITORY, 'packaging'), join(root, 'packaging'));
  for (const folder of ['resources', 'licences', ...MODULES.map((name) => `node_modules/${name}`)]) bring(root, folder);
  for (const name of ['LICENSE', 'THIRD-PARTY-NOTICES.md']) copyFileSync(join(REPOSITORY, name), join(root, name));
  for (const model of ['bge-small-zh-v1.5', 'all-MiniLM-L6-v2']) {
    for (const name of ['LICENSE', 'manifest.json', 'model.safetensors']) {
      writeBelow(root, `models/${model}/${name}`, name);
    }
  }
  for (const name of JIEBA) {
    writeBelow(root, `node_modules/@node-rs/${name}/package.json`, '{}');
    writeBelow(root, `node_modules/@node-rs/${name}/${name}.node`, name);
  }
  for (const file of ['main/index.cjs', 'main/index.cjs.map', 'preload/index.cjs', 'renderer/index.html']) {
    writeBelow(root, `out/${file}`, file);
  }
}

/** Every file below a folder, by its path there, in order. */
export function filesIn(root: string): readonly string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}
