import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** `whole-product.ts PLAN`: runs the parts of the product that the plan, a JSON object of names and lists of commands, gives: the parts side by side, the
 *  commands of a part one after another. Prints one JSON line: what each command ended with and said. One namespace so serves them all, and what
 *  any of them calls, the sink hears. */
export type Plan = Readonly<Record<string, readonly (readonly string[])[]>>;
export type Outcome = Readonly<Record<string, readonly { readonly code: number | null; readonly output: string }[]>>;

const plan = JSON.parse(process.argv[2] ?? '{}') as Plan;

async function run([program = '', ...args]: readonly string[]) {
  const child = spawn(program, args, { cwd: join(import.meta.dirname, '..', '..'), stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

const parts = await Promise.all(
  Object.entries(plan).map(async ([name, commands]) => {
    const results = [];
    for (const command of commands) results.push(await run(command));
    return [name, results] as const;
  }),
);
console.log(JSON.stringify(Object.fromEntries(parts)));
