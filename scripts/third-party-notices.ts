import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { thirdPartyNotices } from './licences/notices.ts';

/** Writes THIRD-PARTY-NOTICES.md; a test fails while it is not current. */
const root = path.join(import.meta.dirname, '..');
writeFileSync(path.join(root, 'THIRD-PARTY-NOTICES.md'), thirdPartyNotices(root));
