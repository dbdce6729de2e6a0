import { readFileSync } from 'node:fs';
import { arch, platform, release } from 'node:os';
import { join } from 'node:path';
import type { AppInfo } from '../../shared/contract/app.ts';
import type { Layer, OfflineFacts, StartCheck } from '../../shared/contract/offline.ts';
import { childEnvironment } from './fork.ts';
import { readSockets } from './process-sockets.ts';
import type { HostProtection } from './protection.ts';
import { type StoredPlaces, storedFiles } from './stored-files.ts';

/** The last release of ONNX Runtime without code that reports home. */
const SILENT_RUNTIME = '1.27.0';
const TELEMETRY_OFF = 'ORT_DISABLE_TELEMETRY';

export interface OfflineFactsDeps {
  readonly host: AppInfo['host'];
  readonly version: string;
  readonly buildHash: () => string;
  readonly protection: HostProtection;
  /** Folder of the installed packages. */
  readonly modules: string;
  readonly places: () => StoredPlaces;
  readonly now: () => Date;
}

/** Gives what keeps data on this machine, as it stands at each call; what is checked once is checked when this is made. */
export function createOfflineFacts(deps: OfflineFactsDeps): () => OfflineFacts {
  const startedAt = deps.now().toISOString();
  const own = startChecks(deps);
  return () => ({
    readAt: deps.now().toISOString(),
    startedAt,
    version: deps.version,
    buildHash: deps.buildHash(),
    platform: `${platform()} ${arch()} ${release()}`,
    host: deps.host,
    pid: process.pid,
    layers: [...deps.protection.layers(), ...commonLayers(deps.modules)],
    checks: [...deps.protection.checks(), ...own],
    sockets: readSockets(),
    refused: deps.protection.refusals.read(),
    stored: [...storedFiles(deps.places())],
    outside: [...deps.protection.outside],
  });
}

/** What holds for every host. */
function commonLayers(modules: string): readonly Layer[] {
  const child = childEnvironment();
  return [
    {
      id: 'telemetry-off',
      basis: 'running',
      value: `${TELEMETRY_OFF}=${child[TELEMETRY_OFF] ?? ''} · onnxruntime-node ${runtimeVersion(modules) ?? '?'}`,
    },
    { id: 'child-environment', basis: 'running', value: Object.keys(child).sort().join(' ') },
    { id: 'no-outgoing-code', basis: 'build', value: null },
    { id: 'no-updater', basis: 'build', value: null },
  ];
}

function startChecks({ modules, now }: OfflineFactsDeps): readonly StartCheck[] {
  const at = now().toISOString();
  const variable = childEnvironment()[TELEMETRY_OFF];
  const runtime = runtimeVersion(modules);
  const sockets = readSockets();
  return [
    { id: 'telemetry-off', at, passed: variable === '1', found: `${TELEMETRY_OFF}=${variable ?? ''}` },
    ...(runtime === null
      ? []
      : [
          {
            id: 'runtime-version' as const,
            at,
            passed: runtime === SILENT_RUNTIME,
            found: `onnxruntime-node ${runtime}`,
          },
        ]),
    ...(sockets === null
      ? []
      : [
          {
            id: 'sockets' as const,
            at,
            passed: sockets.foreign.length === 0,
            found: sockets.foreign.join(', ') || '0',
          },
        ]),
  ];
}

function runtimeVersion(modules: string): string | null {
  try {
    const text = readFileSync(join(modules, 'onnxruntime-node', 'package.json'), 'utf8');
    return (JSON.parse(text) as { version: string }).version;
  } catch {
    return null;
  }
}
