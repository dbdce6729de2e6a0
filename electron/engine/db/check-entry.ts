import { connectParent } from '../../child/parent-port.ts';
import { type CheckRequest, checkProjectFile } from './check.ts';

/** Process entry: one message with a path and a key in, one outcome out. */
const parent = connectParent();
parent.onMessage((message) => {
  const { path, key } = message as CheckRequest;
  parent.send(checkProjectFile(path, key));
});
