import { formatNumber } from '../../../i18n/number.ts';
import type { Translate } from '../../../i18n/translate.ts';
import { appliedTemperature } from '../../competitiveness/evaluation/temperature.ts';
import type { CardFacts } from './card-facts.ts';
import { markdownList, markdownTable, plainText } from './markdown.ts';

const README = 'stage.landing.screen.package.readme';

const CONTENTS = [
  'server.mjs',
  'self-test.mjs',
  'model.onnx',
  'tokenizer.json',
  'config.json',
  'labels.json',
  'thresholds.json',
  'preprocessing.json',
  'samples.json',
  'openapi.json',
  'manifest.json',
  'MODEL_CARD.md',
  'checksums.sha256',
  'lib',
  'vendor',
  'LICENSES',
] as const;

const code = (...lines: readonly string[]) => `\`\`\`sh\n${lines.join('\n')}\n\`\`\``;

/** `README.md`: how a customer's engineer runs, checks and embeds the package. */
export function packageReadme(t: Translate, facts: CardFacts, example: string): string {
  const { name, folder, platform, rejectBelow } = facts;
  const applied = appliedTemperature(facts.temperature);
  const parts = [
    `# ${plainText(name)}`,
    t(`${README}.lead`, { platform }),
    `## ${t(`${README}.start`)}`,
    code(`cd ${folder}`, 'node self-test.mjs', 'node server.mjs'),
    t(`${README}.startNote`),
    `## ${t(`${README}.ask`)}`,
    code(
      'curl -s http://127.0.0.1:8080/health',
      `curl -s -H 'content-type: application/json' -d ${shellQuoted(JSON.stringify({ text: example }))} http://127.0.0.1:8080/predict`,
      `curl -s -H 'content-type: application/json' -d ${shellQuoted(JSON.stringify({ texts: [example] }))} http://127.0.0.1:8080/batch`,
    ),
    markdownList([
      t(`${README}.answer`),
      applied === null
        ? t(`${README}.notCalibrated`)
        : t(`${README}.calibrated`, { temperature: formatNumber(applied.temperature, 3) }),
      t(`${README}.${applied === null || rejectBelow === null ? 'accepted' : 'acceptedBefore'}`),
      t(`${README}.errors`),
      t(`${README}.bounds`),
    ]),
    `## ${t(`${README}.settings`)}`,
    markdownTable(
      [t(`${README}.variable`), t(`${README}.default`), t(`${README}.meaning`)],
      [
        ['`HOST`', '`127.0.0.1`', t(`${README}.host`)],
        ['`PORT`', '`8080`', t(`${README}.port`)],
        ['`THREADS`', t(`${README}.threadsDefault`), t(`${README}.threads`)],
      ],
    ),
    `## ${t(`${README}.operate`)}`,
    markdownList([
      t(`${README}.operateProxy`),
      t(`${README}.operateStop`),
      t(`${README}.operateLog`),
      t(`${README}.operateOffline`),
      t(`${README}.operateText`),
    ]),
    `## ${t(`${README}.contents`)}`,
    markdownTable(
      [t(`${README}.file`), t(`${README}.meaning`)],
      CONTENTS.map((file) => [`\`${file}\``, t(`${README}.content.${file}`)]),
    ),
    `## ${t(`${README}.trouble`)}`,
    markdownList([
      t(`${README}.troubleChanged`),
      t(`${README}.troublePlatform`),
      t(`${README}.troubleSamples`, { tolerance: String(facts.samples.tolerance) }),
    ]),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** One argument of a POSIX shell. */
function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
