import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** `ask-package.ts FOLDER TEXTS_FILE`: what a customer's engineer does with a deployment package: self-test, start, ask every text of a JSON file,
 *  stop. Prints one JSON line. */
const [folder = '', textsFile = ''] = process.argv.slice(2);
const texts = JSON.parse(readFileSync(textsFile, 'utf8')) as string[];

const selfTest = spawnSync(process.execPath, [join(folder, 'self-test.mjs')], { encoding: 'utf8', cwd: '/' });
const server = spawn(process.execPath, [join(folder, 'server.mjs')], {
  cwd: '/',
  env: { ...process.env, PORT: '0' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const [first] = (await once(createInterface(server.stdout), 'line')) as [string];
const { port } = JSON.parse(first) as { port: number };

function predict(text: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port,
        method: 'POST',
        path: '/predict',
        agent: false,
        headers: { 'content-type': 'application/json' },
      },
      (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (part: string) => (body += part));
        response.on('end', () => resolve(JSON.parse(body)));
      },
    );
    sent.on('error', reject);
    sent.end(JSON.stringify({ text }));
  });
}

const answers = [];
for (const text of texts) answers.push(await predict(text));
server.kill('SIGTERM');
const [code] = (await once(server, 'exit')) as [number | null];
console.log(
  JSON.stringify({ selfTest: JSON.parse(selfTest.stdout), selfTestCode: selfTest.status, answers, stopped: code }),
);
