import { connectParent } from '../../child/parent-port.ts';
import { type CheckRequest, checkProjectFile } from './check.ts';
import { type RewriteRequest, rewriteUnderKey } from './rewrite.ts';

/** Process entry: one request in, one outcome out. */
const parent = connectParent();
parent.onMessage((message) => {
  const request = message as CheckRequest | RewriteRequest;
  parent.send('from' in request ? rewriteUnderKey(request) : checkProjectFile(request));
});
