import type { ModelManifest } from '../../../../models/model-folder.ts';

interface About {
  readonly manifest: ModelManifest;
  readonly trainRows: number;
  readonly devRows: number;
  readonly maskedRows: number;
  readonly usesPeft: boolean;
}

/** What is in an exported training, what leaves with it and how it is run, in Chinese and English. */
export function jobReadme({ manifest, trainRows, devRows, maskedRows, usesPeft }: About): string {
  const packages = ['torch', 'transformers', 'safetensors', ...(usesPeft ? ['peft'] : [])].join(' ');
  const result = usesPeft ? 'result/adapter_model.safetensors' : 'result/tuned.safetensors';
  const sums = manifest.files.map(({ path, sha256 }) => `${sha256}  ${path}`).join('\n');
  return `# Success Workbench: 交给其他引擎的训练 / a training for another engine

## 离开本机的内容 / What leaves with this folder

- \`train.jsonl\` 与 \`dev.jsonl\`：训练集 ${trainRows} 条、验证集 ${devRows} 条文本及其标签，**是明文**。手机号、证件号、银行卡号、邮箱已遮盖（涉及 ${maskedRows} 条）；姓名、地址等自由文字没有遮盖，交出前请确认可以交出。
- 锁定的测试数据不在其中：结果带回来以后在工作台里测。
- \`train.jsonl\` and \`dev.jsonl\`: ${trainRows} training texts and ${devRows} dev texts with their labels, **in the clear**. Mobile, identity and bank card numbers and e-mail addresses are masked (in ${maskedRows} of them); names, addresses and other free text are not: make sure that they may be given away.
- The locked test rows are not here: the result is measured on them in the workbench.

## 运行 / How to run it

需要 Python 3.10 以上和 \`${packages}\`，以及基座模型 ${manifest.name}（\`${manifest.id}\`，来源 ${manifest.source}）的文件夹，其中的文件必须与下面的校验和一致。工作台所在机器上的 \`models/${manifest.id}\` 就是这个文件夹：随程序安装的在程序文件夹里，自己导入的在用户文件夹里。

It needs Python 3.10 or later, \`${packages}\`, and the folder of the base model ${manifest.name} (\`${manifest.id}\`, from ${manifest.source}) with files of these checksums. On the workbench's machine \`models/${manifest.id}\` is one: in the program's folder if it came with it, in the user's folder if it was imported.

\`\`\`
${sums}
\`\`\`

\`\`\`bash
torchrun --nproc_per_node=1 train.py --base FOLDER_OF_THE_BASE_MODEL
\`\`\`

有多块显卡或多台机器时把 \`--nproc_per_node\`（或 torchrun 的 \`--nnodes\`）改大：每一批由各进程分担，学到的不变。显卡支持时可加 \`--precision bfloat16\`。

With more GPUs or machines raise \`--nproc_per_node\` (or torchrun's \`--nnodes\`): the processes share each batch, and what is learnt stays the same. \`--precision bfloat16\` may be added where the GPU has it.

## 带回结果 / Bring the result back

把 \`${result}\` 带回工作台，在阶段二“模型”一步的“在其他机器上训练”里选它。它会被逐个张量检查，并在本机重新测量。

Carry \`${result}\` back and choose it under “Train on another machine” in the step “Models” of stage 2. It is checked tensor by tensor and measured there.

## 文件 / Files

| | |
| --- | --- |
| \`job.json\` | 设置、标签、基座模型与其余文件的校验和 / settings, labels, checksums of the base model and of the other files |
| \`plan.json\` | 每一步的数据行与学习率 / rows and learning rate of every update |
| \`start.safetensors\` | 基座没有的参数的初值 / first values of what the base does not bring |
| \`train.py\` | 训练脚本 / the script |

PyTorch 的 dropout 抽样与工作台不同，所以有 dropout 时损失只在统计意义上一致；dropout 为 0 时逐步一致。若训练词向量，PyTorch 每步更新整张词表，工作台只更新出现过的词。

PyTorch draws dropout otherwise than the workbench, so with dropout losses agree in the mean only; without it they agree step by step. Where word vectors are trained, PyTorch updates the whole table at every step, the workbench the words that occur.
`;
}
