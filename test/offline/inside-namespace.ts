import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { startNetworkSink } from './network-sink.ts';
import type { NamespaceReport, NamespaceTask } from './run-offline.ts';

/** Runs as the first process of a new network namespace: `inside-namespace.ts TASK_FILE REPORT_FILE`. */
const [taskFile, reportFile] = process.argv.slice(2);
if (taskFile === undefined || reportFile === undefined) throw new Error('inside-namespace.ts TASK_FILE REPORT_FILE');
const task = JSON.parse(readFileSync(taskFile, 'utf8')) as NamespaceTask;

// Every address becomes this machine's own, so that whatever a process calls, the sink answers.
execFileSync('ip', ['link', 'set', 'lo', 'up']);
execFileSync('ip', ['route', 'add', 'local', 'default', 'dev', 'lo']);
try {
  execFileSync('ip', ['-6', 'route', 'add', 'local', 'default', 'dev', 'lo'], { stdio: 'ignore' });
} catch {
  // A kernel without IPv6 cannot leak through it.
}

const sink = await startNetworkSink();

/** Proves that the sink sees a lookup and a connection before its silence is taken as proof. */
const control = spawn(process.execPath, ['-e', `fetch(${JSON.stringify(task.controlAddress)}).catch(() => {})`], {
  stdio: 'inherit',
});
await once(control, 'exit');
const controlContacts = [...sink.contacts];
const before = sink.counters();

const [program, ...args] = task.command;
if (program === undefined) throw new Error('No command');
const child = spawn(program, args, {
  cwd: task.folder,
  env: task.env,
  stdio: ['ignore', 'pipe', 'pipe'],
});
let output = '';
for (const stream of [child.stdout, child.stderr])
  stream.setEncoding('utf8').on('data', (text: string) => (output += text));
const [code] = (await once(child, 'close')) as [number | null];
const after = sink.counters();

const report: NamespaceReport = {
  code,
  output,
  control: controlContacts,
  contacts: sink.contacts.slice(controlContacts.length),
  connectionsOpened: after.connectionsOpened - before.connectionsOpened,
  connectionsAccepted: after.connectionsAccepted - before.connectionsAccepted,
  datagramsSent: after.datagramsSent - before.datagramsSent,
};
writeFileSync(reportFile, JSON.stringify(report));
sink.close();
process.exit(0);
