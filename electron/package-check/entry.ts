import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { toAppErrorJson } from '../../shared/errors/app-error.ts';
import { connectParent } from '../child/parent-port.ts';
import type { PackageCheckReply } from './protocol.ts';

/** Process entry: the folder of a deployment package in, the outcome of that package's own self-test out. */
const parent = connectParent();
const reply = (message: PackageCheckReply) => parent.send(message);

parent.onMessage((message) => {
  const folder = String(message);
  import(pathToFileURL(join(folder, 'lib', 'self-checks.mjs')).href)
    .then((module: { readonly selfTest: (folder: string) => Promise<unknown> }) => module.selfTest(folder))
    .then(
      (result) => reply({ type: 'done', result }),
      (error: unknown) => reply({ type: 'failed', error: toAppErrorJson(error) }),
    );
});
