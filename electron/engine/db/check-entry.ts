import { connectParent } from '../../child/parent-port.ts';
import { checkProjectFile } from './check.ts';

/** Process entry: one message with a path in, one outcome out. */
const parent = connectParent();
parent.onMessage((message) => {
  parent.send(checkProjectFile(String(message)));
});
