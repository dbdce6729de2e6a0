/** Turns the text of a file, handed over in pieces of any size, into records. */
export interface RecordParser {
  /** Records completed by this piece. @throws AppError of the `import` codes */
  push(text: string): string[][];
  /** What was still open at the end of the file. */
  end(): string[][];
}

/** Makes `\r\n` and `\r` into `\n`, also where the pair is split between two pieces. */
export function createNewlineNormaliser(): (text: string) => string {
  let afterReturn = false;
  return (text) => {
    const start = afterReturn && text.startsWith('\n') ? 1 : 0;
    if (text !== '') afterReturn = text.endsWith('\r');
    const rest = start === 0 ? text : text.slice(1);
    return rest.includes('\r') ? rest.replace(/\r\n?/g, '\n') : rest;
  };
}
