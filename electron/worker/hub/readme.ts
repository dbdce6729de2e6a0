import { formatNumber, formatShare } from '../../../shared/i18n/number.ts';
import type { AppliedTemperature, Estimate } from '../../../shared/stages/competitiveness/results.ts';
import type { Pooling } from '../../../shared/train/spec.ts';

export interface About {
  readonly labels: readonly string[];
  readonly temperature: AppliedTemperature | null;
  readonly pooling: Pooling;
  readonly maxTokens: number;
  readonly baseId: string;
  readonly baseSource: string;
}

const POOLED: Readonly<Record<Pooling, string>> = {
  cls: 'logits = tokens[:, 0]',
  mean: 'mask = batch["attention_mask"].unsqueeze(-1)\nlogits = (tokens * mask).sum(1) / mask.sum(1)',
};
const WHY: Readonly<Record<Pooling, readonly [zh: string, en: string]>> = {
  cls: ['分类用的是第一个词元的向量', 'the classifier reads the vector of the first token'],
  mean: ['分类用的是全部词元向量的平均', 'the classifier reads the mean of all token vectors'],
};

/** How to load the model folder, in Chinese and English; the lines of Python run as they stand, inside the folder. */
export function modelReadme(about: About): string {
  const load = [
    'tokenizer = AutoTokenizer.from_pretrained(".")',
    'model = AutoModelForTokenClassification.from_pretrained(".").eval()',
  ];
  return readme(about, ['AutoModelForTokenClassification', 'AutoTokenizer'], [], load);
}

/** The same for an adapter beside its base model. */
export function adapterReadme(about: About): string {
  const load = [
    `base = "…"  # ${about.baseId}: ${about.baseSource}`,
    'tokenizer = AutoTokenizer.from_pretrained(base)',
    `model = AutoModelForTokenClassification.from_pretrained(base, num_labels=${about.labels.length}, dtype=torch.float32)`,
    'model = PeftModel.from_pretrained(model, ".").eval()',
  ];
  return readme(about, ['AutoModelForTokenClassification', 'AutoTokenizer'], ['from peft import PeftModel'], load);
}

function readme(
  { labels, temperature, pooling }: About,
  imports: readonly string[],
  more: readonly string[],
  load: readonly string[],
): string {
  const [zh, en] = WHY[pooling];
  return `# Success Workbench

${zh}，所以每个词元的得分要这样合成一个：

${en[0]!.toUpperCase()}${en.slice(1)}, so the scores of the tokens become one score a class like this:

\`\`\`python
import torch
from transformers import ${imports.join(', ')}
${[...more, ...load].join('\n')}
batch = tokenizer(["…"], padding=True, truncation=True, return_tensors="pt")
with torch.no_grad():
    tokens = model(**batch).logits
${POOLED[pooling]}
labels = ${JSON.stringify(labels)}
${temperature === null ? 'probabilities = logits.softmax(-1)' : `probabilities = (logits / ${temperature.temperature}).softmax(-1)`}
print([(labels[row.argmax()], row.max().item()) for row in probabilities])
\`\`\`

${calibrationText(temperature).join('\n\n')}
`;
}

/** What the probabilities are worth, in Chinese and English. */
function calibrationText(temperature: AppliedTemperature | null): readonly string[] {
  if (temperature === null) {
    return [
      '概率未校准：没有适合这种模型形式的温度。',
      'Probabilities are not calibrated: there is no temperature for the model in this form.',
    ];
  }
  const { devRows, rows, resamples, before, after } = temperature;
  const error = ({ value, low, high }: Estimate) =>
    `${formatShare(value, 1)} [${formatNumber(low * 100, 1)}, ${formatNumber(high * 100, 1)}]`;
  return [
    `概率已校准：logits 除以在 ${devRows} 条验证数据上拟合的温度。锁定测试数据上的期望校准误差：除以温度 ${error(after)}，不除 ${error(before)}（n = ${rows}；95 % 区间，自助重抽样 ${resamples} 次）。回答不变。`,
    `Probabilities are calibrated: logits are divided by a temperature fitted on ${devRows} dev rows. Expected calibration error on the locked test rows: ${error(after)} with it, ${error(before)} without (n = ${rows}; 95 % interval of ${resamples} bootstrap resamples). Answers stay the same.`,
  ];
}
