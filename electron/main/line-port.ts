import type { MessagePortMain } from 'electron';
import type { LinePort } from '../../shared/line/line.ts';

/** A port of the main process or of a utility process as the end of a line. */
export function linePortOf(port: MessagePortMain): LinePort {
  return {
    send: (message) => port.postMessage(message),
    onMessage(listener) {
      port.on('message', ({ data }) => listener(data));
      port.start();
    },
    onClose: (listener) => port.once('close', listener),
    close: () => port.close(),
  };
}
