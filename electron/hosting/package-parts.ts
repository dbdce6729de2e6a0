import { join } from 'node:path';
import type { PackageParts } from '../engine/deps.ts';

/** Where the parts of a deployment package lie, from the folder of the product. */
export function packagePartsOf(root: string): PackageParts {
  return {
    sources: join(root, 'resources', 'package'),
    modules: join(root, 'node_modules'),
    licences: join(root, 'licences'),
  };
}
