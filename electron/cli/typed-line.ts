import type { ReadStream } from 'node:tty';

const ENTER = ['\r', '\n', '\u0004'];
const INTERRUPT = '\u0003';
const ERASE = ['\u007f', '\b'];

/** Reads a line that nobody sees. Prompt and line end go to standard error, so that standard output stays JSON. */
export function readHidden(input: ReadStream, prompt: string, show: (text: string) => void): Promise<string> {
  show(prompt);
  input.setRawMode(true);
  input.setEncoding('utf8');
  input.resume();
  return new Promise((resolve, reject) => {
    let typed: string[] = [];
    const finish = (end: () => void) => {
      input.off('data', take);
      input.setRawMode(false);
      input.pause();
      show('\n');
      end();
    };
    const take = (data: string) => {
      for (const character of data) {
        if (ENTER.includes(character)) {
          const line = typed.join('');
          typed = [];
          finish(() => resolve(line));
          return;
        }
        if (character === INTERRUPT) {
          finish(() => reject(new Error('interrupted')));
          return;
        }
        if (ERASE.includes(character)) typed.pop();
        else typed.push(character);
      }
    };
    input.on('data', take);
  });
}
