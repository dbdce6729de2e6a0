import { describe, expect, it } from 'vitest';
import { importOffences } from '../../scripts/import-rules.ts';

const WORDLESS = 'a rule of a schema says a reason, which every language has (`broken`), and no words of its own';
const rulesBroken = (path: string, text: string) => importOffences([{ path, text }]).map((offence) => offence.rule);

describe('the import rules', () => {
  it.each([
    [
      'shared/a/b.ts',
      "import { x } from 'node:fs';",
      'shared is pure: no Node, Electron, database, ORT or DOM library',
    ],
    ['shared/a/b.ts', "import type { x } from '../../electron/engine/deps.ts';", 'shared imports only shared'],
    [
      'renderer/app/a.tsx',
      "import type { x } from '../../electron/engine/deps.ts';",
      'the renderer never imports electron/',
    ],
    [
      'electron/engine/a.ts',
      "import {\n  x,\n} from '../worker/entry.ts';",
      'the engine knows no host, window or worker',
    ],
    [
      'electron/engine/a.ts',
      "const x = await import('../host/loopback-host.ts');",
      'the engine knows no host, window or worker',
    ],
    [
      'electron/worker/a.ts',
      "import Database from 'better-sqlite3';",
      'the worker speaks only messages: no engine, no database',
    ],
    ['electron/compute/a.ts', "import '../engine/engine.ts';", 'computation runs without database and ORT'],
    ['electron/engine/a.ts', "import { request } from 'node:https';", 'only the loopback host speaks to a network'],
    ['electron/cli/a.ts', "import { WebSocket } from 'ws';", 'only the loopback host speaks to a network'],
    ['scripts/a.ts', "const http = require('http');", 'only the loopback host speaks to a network'],
    ['electron/engine/a.ts', "import 'electron-updater';", 'only the loopback host speaks to a network'],
    ['electron/engine/a.ts', "import inspector from 'node:inspector';", 'only the loopback host speaks to a network'],
    [
      'electron/worker/a.ts',
      "const dns = await import('node:dns/promises');",
      'only the loopback host speaks to a network',
    ],
    [
      'resources/package/a.mjs',
      "import { connect } from 'node:net';",
      'a deployment package serves http and speaks nothing else',
    ],
    ['renderer/a.ts', "await fetch('/api/call');", 'only the loopback transport of the screens speaks to a host'],
    ['electron/host/a.ts', 'await fetch (address);', 'only the loopback transport of the screens speaks to a host'],
    ['renderer/a.ts', 'new  WebSocket(address);', 'only the loopback transport of the screens speaks to a host'],
    ['electron/main/a.ts', 'autoUpdater.checkForUpdates();', 'nothing updates itself and nothing reports a crash'],
    ['electron/main/a.ts', "process.getBuiltinModule('node:' + 'net');", 'a built-in module is imported by name'],
    ['shared/a.ts', "const a = 'https://example.com/x';", 'the code names no address of another machine'],
    ['renderer/a.tsx', '<a href="http://127.0.0.1.evil.test/">', 'the code names no address of another machine'],
    ['renderer/a.ts', "export { x } from './stages/index.ts';", 'no barrel but the contract'],
    ['shared/a.ts', ".refine(({ a }) => a > 0, { error: 'a > 0' });", WORDLESS],
    ['shared/a.ts', ".refine((a) => a > 0, 'a > 0')\n.refine((a) => a < 9, broken(because('x', {})));", WORDLESS],
    ['electron/a.ts', "context.addIssue({ code: 'custom', message: 'no' });", WORDLESS],
    ['electron/a.ts', "z.string().regex(/^(a|b)$/, 'a or b')", WORDLESS],
    ['shared/a.ts', "z.number().min(0, 'not below 0')", WORDLESS],
    ['shared/a.ts', "z.int({ error: 'whole' })", WORDLESS],
    [
      'electron/host/a.ts',
      "import { x } from '../../scripts/start.ts';",
      'the product imports no script, test, benchmark or packaging',
    ],
  ])('find in %s the import %j', (path, text, rule) => {
    expect(rulesBroken(path, text)).toEqual([rule]);
  });

  it.each([
    ['shared/a/b.ts', "import { z } from 'zod';\nimport { x } from '../errors/app-error.ts';"],
    ['electron/engine/a.ts', "import type { x } from '../worker/protocol.ts';"],
    ['electron/host/a.ts', "import { createServer } from 'node:http';\nimport { WebSocketServer } from 'ws';"],
    ['renderer/loopback-transport.ts', "await fetch(path); new WebSocket('ws://127.0.0.1:1/');"],
    ['resources/package/server.mjs', "import { createServer } from 'node:http';"],
    ['shared/a.ts', "const svg = 'http://www.w3.org/2000/svg';"],
    ['electron/hosting/a.test.ts', "expect(reach('https://example.com/')).toBe(false);"],
    ['shared/a.ts', "import { x } from './contract/index.ts';"],
    ['electron/hosting/a.test.ts', "import { x } from '../../test/integration/fake-engine.ts';"],
    ['shared/a.ts', ".refine(\n  ({ a }) => f(a),\n  broken(because('x', {}), 'a'),\n)\n.min(1).max(9);"],
    ['shared/a.ts', 'z.strictObject({ error: z.string().regex(/^a$/), message: z.string() })'],
    ['electron/cli/a.ts', "// nothing is imported from 'node:http' here"],
  ])('take in %s the text %j', (path, text) => {
    expect(rulesBroken(path, text)).toEqual([]);
  });
});
