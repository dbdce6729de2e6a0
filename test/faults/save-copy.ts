import { openTestProject } from '../integration/testkit.ts';

/** Saves copies of a project until it is killed: `save-copy.ts PROJECT TARGET`. */
const [path = '', target = ''] = process.argv.slice(2);
const project = await openTestProject(path, { type: 'open' });
process.send?.('open');
await project.call('project.saveCopy', { path: target });
process.send?.('saved');
await project.engine.dispose();
process.disconnect?.();
