import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Input, Output } from '../../shared/contract/index.ts';
import { fromAppErrorJson } from '../../shared/errors/app-error.ts';
import type { Workbench } from '../hosting/workbench.ts';

/** Writes the statement, and its PDF where that was asked for, into a folder; answers with what it states and where the files are. */
export async function writeStatement(
  workbench: Workbench,
  input: Input<'app.offlineStatement'>,
  folder: string,
): Promise<unknown> {
  const reply = await workbench.call('app.offlineStatement', input, null);
  if (!reply.ok) throw fromAppErrorJson(reply.error);
  const { html, pdf, fileName, ...stated } = reply.value as Output<'app.offlineStatement'>;
  mkdirSync(folder, { recursive: true });
  const htmlPath = join(folder, fileName);
  writeFileSync(htmlPath, html);
  const pdfPath = pdf === null ? null : join(folder, pdf.fileName);
  if (pdf !== null && pdfPath !== null) writeFileSync(pdfPath, Buffer.from(pdf.base64, 'base64'));
  return { html: htmlPath, pdf: pdfPath, ...stated };
}
