import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPdfPrinter } from '../../electron/hosting/print-pdf.ts';

/** `print-report.ts FOLDER`: prints a page of ours with an installed browser, whose page asks for things from elsewhere. */
const [folder = ''] = process.argv.slice(2);
const html = join(folder, 'page.html');
writeFileSync(
  html,
  '<!doctype html><meta charset="utf-8"><title>Report</title><p>报告</p><img src="https://leak.example/pixel.png">',
);
const outcome = await createPdfPrinter()(html, join(folder, 'page.pdf'), new AbortController().signal);
console.log(JSON.stringify(outcome));
