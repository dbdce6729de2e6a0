import { checkNodeVersion } from '../hosting/node-version.ts';
import { anywhere } from '../hosting/project-paths.ts';
import { terminalProtection } from '../hosting/protection.ts';
import { startingFolder } from '../hosting/user-folder.ts';
import { parseCliArguments } from './arguments.ts';
import { runCli, type Terminal } from './run.ts';
import { readHidden } from './typed-line.ts';

/** Entry of the terminal host. */

const interruptListeners = new Set<(count: number) => void>();
let interrupts = 0;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    interrupts++;
    // With no job to pause there is nothing to save; a third time means now.
    if (interruptListeners.size === 0 || interrupts > 2) process.exit(130);
    for (const listener of interruptListeners) listener(interrupts);
  });
}
// A reader that has seen enough, such as `head`, is no failure.
process.stdout.on('error', () => process.exit(0));

const terminal: Terminal = {
  folder: startingFolder('csw'),
  input: process.stdin,
  askPassword: process.stdin.isTTY
    ? (prompt) => readHidden(process.stdin, prompt, (text) => void process.stderr.write(text))
    : null,
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
  onInterrupt(listener) {
    interruptListeners.add(listener);
    return () => interruptListeners.delete(listener);
  },
  async workbench(folder) {
    checkNodeVersion();
    // Loaded late: the database and the readers take longer to load than `describe` takes to answer.
    const { createNodeWorkbench } = await import('../hosting/node-workbench.ts');
    return createNodeWorkbench({ host: 'cli', paths: anywhere(folder), protection: terminalProtection() });
  },
};

const { language, command } = parseCliArguments(process.argv.slice(2), process.env);
const code = await runCli(language, command, terminal);
// A child or a timer that lingers must not hold the terminal; what was printed is let through first.
process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
