/** A cell or line of text as it is, whatever signs of Markdown or HTML stand in it. */
export function plainText(text: string): string {
  return text
    .replace(/[\\`*_{}[\]<>#|~]/g, (sign) => `\\${sign}`)
    .replace(/\s+/g, ' ')
    .trim();
}

/** A table with its header; cells are Markdown already. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

export function markdownList(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n');
}
