import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const modules = path.join(import.meta.dirname, '..', '..', 'node_modules');

/** Hosts that stand in texts of the shipped libraries: papers, manuals and issues named in error messages and operator documentation. */
const DOCUMENTATION_HOSTS: ReadonlySet<string> = new Set([
  'arxiv.org',
  'crbug.com',
  'dawn-review.googlesource.com',
  'dawn.googlesource.com',
  'devblogs.nvidia.com',
  'docs.nvidia.com',
  'docs.scipy.org',
  'docs.vulkan.org',
  'en.wikipedia.org',
  'github.com',
  'gpuweb.github.io',
  'huggingface.co',
  'ieeexplore.ieee.org',
  'issues.chromium.org',
  'khr.io',
  'llvm.org',
  'numpy.org',
  'papers.nips.cc',
  'pytorch.org',
  'source.chromium.org',
  'tinyurl.com',
  'www.microsoft.com',
  'www.opencompute.org',
  'www.tensorflow.org',
  // In the code signatures of Windows files: where certificates are checked by whoever checks them.
  'crl.microsoft.com',
]);

function nativeFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:node|so|so\.[\d.]+|dylib|dll)$/u.test(name))
    .map((name) => path.join(folder, name));
}

const PACKAGES = ['onnxruntime-node', 'better-sqlite3', '@node-rs'] as const;

test.each(PACKAGES)('binaries of %s name no host but those of their documentation (T2)', (name) => {
  const files = nativeFiles(path.join(modules, name));
  expect(files.length).toBeGreaterThan(0);
  const unknown = files.flatMap((file) => {
    const text = readFileSync(file, 'latin1');
    const hosts = new Set([...text.matchAll(/(?:https?|wss?):\/\/((?:[a-z0-9-]+\.)+[a-z]{2,})/giu)].map((m) => m[1]!));
    return [...hosts]
      .filter((host) => !DOCUMENTATION_HOSTS.has(host.toLowerCase()))
      .map((host) => `${host} in ${path.relative(modules, file)}`);
  });
  expect(unknown).toEqual([]);
});

test.each(['events.data.microsoft', 'OneCollector', 'ORT_DISABLE_TELEMETRY'])(
  'ONNX Runtime for Linux and macOS has no trace of its later telemetry (%s)',
  (trace) => {
    const files = nativeFiles(path.join(modules, 'onnxruntime-node')).filter((file) => !file.endsWith('.dll'));
    expect(files.filter((file) => readFileSync(file, 'latin1').includes(trace))).toEqual([]);
  },
);
