import { connectParent } from '../../child/parent-port.ts';
import { type CheckRequest, checkProjectFile } from './check.ts';

/** Process entry: one request in, one outcome out. */
const parent = connectParent();
parent.onMessage((message) => {
  parent.send(checkProjectFile(message as CheckRequest));
});
