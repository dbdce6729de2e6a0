import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { HOSTS_IN_NATIVES, unexpectedHosts } from '../packaging/url-hosts.ts';

const modules = path.join(import.meta.dirname, '..', '..', 'node_modules');

function nativeFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:node|so|so\.[\d.]+|dylib|dll)$/u.test(name))
    .map((name) => path.join(folder, name));
}

const PACKAGES = ['onnxruntime-node', 'better-sqlite3', '@node-rs'] as const;

test.each(PACKAGES)('binaries of %s name no host but those of their documentation (T2)', (name) => {
  const files = nativeFiles(path.join(modules, name));
  expect(files.length).toBeGreaterThan(0);
  const unknown = files.flatMap((file) =>
    unexpectedHosts(readFileSync(file, 'latin1'), HOSTS_IN_NATIVES).map(
      (host) => `${host} in ${path.relative(modules, file)}`,
    ),
  );
  expect(unknown).toEqual([]);
});

test.each(['events.data.microsoft', 'OneCollector', 'ORT_DISABLE_TELEMETRY'])(
  'ONNX Runtime for Linux and macOS has no trace of its later telemetry (%s)',
  (trace) => {
    const files = nativeFiles(path.join(modules, 'onnxruntime-node')).filter((file) => !file.endsWith('.dll'));
    expect(files.filter((file) => readFileSync(file, 'latin1').includes(trace))).toEqual([]);
  },
);
