import type { ErrorCode } from './codes.ts';

/** What happened and where (`message`), and what the person can do (`remedy`), for every code; `{name}` stands for a parameter. */
export type ErrorTexts = { readonly [C in ErrorCode]: { readonly message: string; readonly remedy: string } };

export const errorTextsZhCN = {
  'internal.bug': {
    message: '程序出了一个没有预料到的错误，数据没有改动。',
    remedy: '请再试一次；如果仍然出现，请把日志文件交给支持人员。',
  },
  'internal.process-lost': {
    message: '后台进程“{process}”意外退出。',
    remedy: '已保存的结果不受影响。请在“运行与任务”中继续该任务；反复出现时请减少线程数。',
  },
  'request.unknown': { message: '程序不认识请求“{name}”。', remedy: '界面与引擎的版本可能不同，请重新打开程序。' },
  'request.no-such': {
    message: '没有请求“{name}”。',
    remedy: '相近的有：{near}。“csw describe”列出全部请求。',
  },
  'request.invalid': {
    message: '输入“{path}”不能接受：{problem}。',
    remedy: '请改正这一项后再试（请求：{name}）。',
  },
  'request.too-large': { message: '一次提交的内容超过 {limitMb} MB。', remedy: '请分几次提交，或改为从文件导入。' },
  'request.too-many': {
    message: '同时等待的请求已有 {limit} 个，新的请求没有受理。',
    remedy: '请稍候再试；如果一直如此，请检查是否有脚本在不停发送请求。',
  },
  'runtime.node-version': {
    message: '当前 Node 版本是 {found}，需要 {needed}。',
    remedy: '请用随项目安装的 node_modules/.bin/node 启动，或安装所需版本。',
  },
  'runtime.glibc': {
    message: '本机的 C 库（glibc）版本是 {found}，需要 {needed} 或更高；低于它，数据库组件无法加载。',
    remedy: '请在较新的 Linux 上使用，例如 Ubuntu 22.04、Debian 12、RHEL 9 或更新的版本。',
  },
  'runtime.visual-cpp': {
    message: '本机缺少 Microsoft Visual C++ 运行库（找不到 {file}），训练和分词组件无法加载。',
    remedy: '请安装“Microsoft Visual C++ 2015–2022 可再发行组件（x64）”，或请管理员安装，然后重新启动程序。',
  },
  'build.changed': {
    message: '程序文件“{file}”缺失，或已不是构建时的那一份。程序没有加载任何组件。',
    remedy: '请用原始安装介质重新安装；若仍出现，请向本机管理员询问是什么改动了该文件。',
  },

  'project.not-found': { message: '找不到项目文件“{path}”。', remedy: '请检查文件是否被移动或改名，然后重新打开。' },
  'sample.not-a-sample': {
    message: '这个项目不是示例项目。',
    remedy: '请从项目列表打开示例项目；在自己的项目里请逐步操作。',
  },
  'sample.stopped': {
    message: '示例停在“{request}”：它的任务被暂停或取消了。',
    remedy: '请在“运行与任务”中继续该任务，再让示例往下走。',
  },
  'demo.folder-in-use': {
    message: '文件夹“{folder}”里已有演示结果或同名文件。',
    remedy: '请用 --out 指定一个空文件夹。',
  },
  'project.exists': { message: '“{path}”已经存在。', remedy: '请换一个项目名称，或打开已有的项目。' },
  'project.not-a-project': { message: '“{path}”不是本程序的项目文件。', remedy: '请选择扩展名为 .csw 的项目文件。' },
  'project.corrupt': {
    message: '项目文件“{path}”已损坏：{problem}。',
    remedy: '请不要继续写入这个文件；用最近的备份打开，并保留损坏的文件以便恢复。',
  },
  'project.newer-than-app': {
    message: '项目由更新的版本创建（文件版本 {fileVersion}，本程序支持到 {appVersion}）。',
    remedy: '请用更新的程序打开；旧程序不会改动这个文件。',
  },
  'project.history-edited': {
    message: '项目文件的升级记录“{migration}”与程序不一致。',
    remedy: '文件可能被其他工具改过，请用备份打开。',
  },
  'project.locked': {
    message: '项目正被 {owner} 使用（自 {since} 起）。',
    remedy: '请先在那里关闭项目，再在这里打开。',
  },
  'project.password-needed': {
    message: '“{path}”已加密。',
    remedy: '请输入它的密码。没有密码，任何人都读不出内容，我们也不能。',
  },
  'project.password-wrong': {
    message: '这个密码打不开“{path}”。',
    remedy: '请检查大写锁定、输入法和空格后再试；如果确信密码无误，则是文件开头已损坏，请打开备份。',
  },
  'project.screen-locked': {
    message: '项目已锁定。',
    remedy: '输入项目密码后，回到刚才的位置继续。',
  },
  'project.jobs-unfinished': {
    message: '还有 {count} 个任务没有结束，它们的检查点属于现在的密码。',
    remedy: '请等它们完成，或在“运行与任务”中取消，然后再更改密码。',
  },
  'project.not-encrypted': {
    message: '“{path}”没有加密，不需要密码。',
    remedy: '请不带密码打开；打开后可以为它设置密码。',
  },
  'project.in-use': {
    message: '另一个程序正在使用项目文件“{path}”，例如有人以只读方式打开了它。',
    remedy: '请在那里关闭后再试；也可以在这里以只读方式打开。',
  },
  'project.unfinished-write': {
    message: '上次写入“{path}”时程序中断，留下的改动还没有撤销，而只读方式不能写文件。',
    remedy: '请把项目文件连同同名的 -journal 文件复制到可以写入的文件夹，在那里打开一次。',
  },
  'project.needs-upgrade': {
    message:
      '项目由较早的版本创建（文件版本 {fileVersion}，本程序为 {appVersion}），打开前需要升级，而只读方式不能写文件。',
    remedy: '请把文件复制到可以写入的文件夹，再打开那一份。',
  },
  'project.cannot-write': {
    message: '不能写入“{path}”：所在的文件夹只读，或没有权限。',
    remedy: '请换一个可以写入的文件夹，或向管理员申请权限。',
  },
  'project.device': {
    message: '读写“{path}”时设备出错：{problem}。',
    remedy: '请检查磁盘、U 盘或网络驱动器是否仍然连接，再打开项目；已保存的结果没有丢失。',
  },
  'project.none-open': { message: '没有打开的项目。', remedy: '请先新建或打开一个项目。' },
  'project.in-other-window': {
    message: '这个项目已在另一个窗口中打开。',
    remedy: '该窗口已切换到最前面，请在那里继续。',
  },
  'project.outside-folder': {
    message: '只能在项目文件夹“{folder}”中新建和打开项目。',
    remedy: '请把项目文件放进该文件夹，或用另一个文件夹启动程序。',
  },
  'project.read-only': {
    message: '项目以只读方式打开，不能修改。',
    remedy: '请复制一份可以写入的项目文件，再打开它。',
  },
  'project.disk-full': {
    message: '磁盘空间不足，无法写入“{path}”。',
    remedy: '请腾出空间后再试；已完成的结果没有丢失。',
  },
  'project.check-timeout': {
    message: '检查项目文件“{path}”超过了 {seconds} 秒，已停止。',
    remedy: '请把文件复制到本机磁盘后再打开；若仍超时，文件可能已损坏。',
  },

  'artifact.not-found': { message: '找不到结果“{id}”。', remedy: '它可能已被新结果替换，请刷新本页。' },
  'artifact.input-missing': { message: '还缺少前一步的结果“{slot}”。', remedy: '请先完成前一步，再运行这一步。' },
  'artifact.nothing-stale': { message: '没有过期的结果，不需要重新计算。', remedy: '所有结果都与当前数据一致。' },
  'undo.changed-since': {
    message: '现在不能撤销或重做这一步：此后又有改动，或所需的旧版本已被移除。',
    remedy: '请先撤销更新的改动；也可以在“数据”页恢复某个旧版本。',
  },
  'job.not-found': { message: '找不到任务“{id}”。', remedy: '请在“运行与任务”中查看现有任务。' },
  'job.not-resumable': { message: '任务“{id}”现在不能继续（状态：{state}）。', remedy: '请重新开始这一步。' },
  'job.input-failed': {
    message: '它所依赖的任务“{jobId}”没有成功。',
    remedy: '请先解决那个任务的问题并让它完成，再运行这一步。',
  },
  'job.queue-full': {
    message: '还没做完的任务已有 {limit} 个，不再接受新任务。',
    remedy: '请等一部分任务做完，或在“任务与运行”里取消不需要的任务。',
  },
  'job.illegal-action': {
    message: '任务“{id}”在状态 {state} 下不能执行“{action}”。',
    remedy: '任务的状态可能刚刚变化，请查看后再操作。',
  },

  'source.not-found': { message: '找不到要导入的文件：{sourceId}。', remedy: '请检查文件名和位置，或重新选择。' },
  'source.no-prefix': {
    message: '“{sourceId}”没有指明文件。',
    remedy: '请在路径前加上 file:，写作 "sourceId": "file:{sourceId}"。',
  },
  'import.empty': { message: '“{file}”里没有数据行。', remedy: '请检查文件内容与工作表，再重新导入。' },
  'import.too-large': { message: '“{file}”超过了可导入的大小（{limit}）。', remedy: '请拆分文件后分别导入。' },
  'import.encoding': {
    message: '“{file}”不能按 {encoding} 解读。',
    remedy: '请在导入页改选编码（中文 Excel 导出的 CSV 常为 GB18030）。',
  },
  'import.unclosed-quote': {
    message: '“{file}”第 {row} 行的引号没有闭合。',
    remedy: '请在源文件中补上引号，或改选引号设置。',
  },
  'import.row': { message: '“{file}”第 {row} 行不能读取：{problem}。', remedy: '请改正这一行后重新导入。' },
  'import.binary': {
    message: '“{file}”里没有文本：它像是压缩包、图片或其他二进制文件。',
    remedy: '请先解压，或把数据导出为 CSV、XLSX 或 JSONL 再导入。',
  },
  'import.old-workbook': {
    message: '“{file}”是旧格式（.xls）的工作簿，或设有密码。',
    remedy: '请用表格软件打开，另存为不带密码的 .xlsx 再导入。',
  },
  'import.format': { message: '“{file}”的格式不能读取：{problem}。', remedy: '请另存为 CSV、XLSX 或 JSONL 后再导入。' },
  'import.xlsx-unsafe': {
    message: '“{file}”未通过安全检查：{problem}。',
    remedy: '请在表格软件中打开并另存为新的 XLSX 或 CSV。',
  },
  'import.column-missing': { message: '找不到列“{column}”。', remedy: '请核对列名，或重新指定各列的用途。' },
  'import.too-many-rows': { message: '“{file}”的行数超过上限 {limit}。', remedy: '请拆分文件后分别导入。' },
  'import.too-many-columns': {
    message: '“{file}”第 {row} 行有 {columns} 列，超过上限 {limit}。',
    remedy: '请检查分隔符是否选对，或删去不需要的列。',
  },
  'import.cell-too-large': {
    message: '“{file}”第 {row} 行第 {column} 列的内容超过 {limitMb} MB。',
    remedy: '请检查引号与分隔符，或缩短这个单元格。',
  },
  'import.sheet-missing': { message: '“{file}”里没有工作表“{sheet}”。', remedy: '请选择文件中现有的工作表。' },

  'export.empty': { message: '这里没有可导出的表格或行。', remedy: '请先完成这一步，再导出。' },

  'stats.empty': { message: '没有可以计算“{what}”的数据。', remedy: '请检查清洗与列的用途，至少保留一行有效数据。' },
  'stats.too-few': {
    message: '“{what}”只有 {n} 个数据，至少需要 {needed} 个。',
    remedy: '请补充数据，或合并细分后再算。',
  },
  'stats.shape': { message: '“{what}”的数据形状不对：{problem}。', remedy: '请检查列的用途是否指定正确。' },

  'autodiff.shape': { message: '运算 {op} 的张量形状不匹配：{problem}。', remedy: '请换一个受支持的模型或调参方式。' },
  'autodiff.no-rule': { message: '运算 {op} 还没有求导规则，不能训练。', remedy: '请换一个受支持的模型。' },
  'autodiff.graph': { message: '训练图未通过检查：{problem}。', remedy: '请换一个受支持的模型或调参方式。' },
  'model.not-found': { message: '找不到模型“{model}”。', remedy: '请检查模型文件夹，或换一个模型。' },
  'model.file': { message: '模型文件“{file}”不能读取：{problem}。', remedy: '请重新复制模型文件夹后再试。' },
  'model.tensor-missing': { message: '“{file}”里缺少参数“{tensor}”。', remedy: '请确认这是 BERT 类编码器的完整权重。' },
  'model.tensor-shape': {
    message: '“{file}”里参数“{tensor}”的形状是 {found}，应为 {expected}。',
    remedy: '请确认权重与 config.json 属于同一个模型。',
  },
  'model.unsupported': { message: '还不支持模型“{model}”：{problem}。', remedy: '请换用 BERT 类编码器。' },
  'model.hash': { message: '模型文件“{file}”的校验值不符，可能被改动或复制不全。', remedy: '请重新复制该模型。' },
  'model.exists': { message: '已有另一个编号为“{model}”的基础模型。', remedy: '请换一个编号，或先删除那一个。' },
  'model.shipped': {
    message: '基础模型“{model}”随产品提供，不能在这里删除。',
    remedy: '只有自己导入的模型可以删除。',
  },
  'model.file-missing': {
    message: '模型文件夹里没有“{file}”。',
    remedy:
      '请选择含有 config.json、tokenizer.json 和 model.safetensors（或分片及 model.safetensors.index.json）的文件夹。若发布的模型缺少其中之一，请在别处用 transformers 加载一次，再用 save_pretrained 保存。',
  },
  'model.onnx-only': {
    message:
      '基础模型“{model}”只有 ONNX 文件：可以给出文本向量（主题、冻结编码器），但不能训练、压缩或解释，因为这些需要按名字存放的权重。',
    remedy: '请换一个基础模型，或连同 model.safetensors 一起导入这个编码器。',
  },
  'model.link': {
    message: '“{file}”是指向模型文件夹之外的链接。',
    remedy: '请连同链接指向的内容一起复制文件夹（cp -rL），再导入副本。',
  },
  'model.hub-adapters': {
    message: '这个模型的各层里有适配器，Hugging Face 的 transformers 不认识。',
    remedy: '请改为打包（ONNX 文件里已包含适配器），或用 LoRA 训练，它的矩阵可以单独写出。',
  },
  'model.hub-pruned': {
    message: '这个模型各层大小不同，Hugging Face 的 transformers 不认识。',
    remedy: '请改为打包，或写出它剪枝前的模型。',
  },
  'model.no-adapter': {
    message: '这个模型没有自己的 LoRA 矩阵：它用别的方法微调，或以微调过的模型为起点。',
    remedy: '请写出整个模型，或用 LoRA、AdaLoRA 训练一个基础模型。',
  },
  'train.data': { message: '训练数据不能使用：{problem}。', remedy: '请回到“数据检查”修正后再训练。' },
  'train.continual': {
    message: '防遗忘方法“{part}”需要一个已经微调过、认识新数据全部类别的模型，以及它当时的训练数据。',
    remedy: '请用“继续全量微调”从这样的模型开始，或在“更多设置”里关闭“{part}”。',
  },
  'train.diverged': {
    message: '训练在第 {step} 步发散（损失不再是有限数）。',
    remedy: '请把学习率减半，或加长预热后重试。',
  },
  'train.checkpoint': { message: '检查点不能使用：{problem}。', remedy: '请从头开始这次训练；其他运行不受影响。' },
  'train.job-option': {
    message: '导出的脚本没有“{option}”这个选项。',
    remedy: '请从配方里去掉它再导出，或在本机训练。',
  },
  'train.result-unreadable': {
    message: '“{file}”不是导出任务的结果，或在搬运时损坏了。',
    remedy: '请选择导出的脚本在文件夹 result 里写出的 .safetensors 文件。',
  },
  'train.result-other-job': {
    message: '“{file}”是按另一次导出训练的，与这里的任务不符。',
    remedy: '请选择它所属的那次导出。如果此后数据、标签或划分变了，请重新导出任务，按现有数据训练。',
  },
  'train.result-other-base': {
    message: '“{file}”所用的基础模型与这里的不同。',
    remedy: '请用任务里写明的基础模型（校验和一致）重新训练。',
  },
  'train.result-other-labels': {
    message: '“{file}”的类别或类别顺序与本项目不同。',
    remedy: '请重新导出任务，按现有类别训练。',
  },
  'translation.no-pack': {
    message: '没有安装翻译包，程序也不自带。',
    remedy: '请在“设置”页从磁盘导入；程序不会下载任何东西。也可以从改法里去掉“回译”。',
  },
  'translation.no-paraphrases': {
    message: '这些训练数据还没有回译。',
    remedy: '请在阶段二的训练表单“数据增强”里生成，或从改法里去掉“回译”。',
  },
  'train.zero-gradient': {
    message: '参数“{tensor}”得不到梯度，训练不会改变它。',
    remedy: '请检查调参方式与可训练的层。',
  },

  'demand.no-text': { message: '还没有文本列，无法分析主题。', remedy: '请在“导入”中把一列的用途设为“文本”。' },
  'demand.mixed-models': {
    message: '这些文本由不同的模型编码（{models}），主题无法放在一起比较。',
    remedy: '请重新发现主题，并为全部文本选择同一个模型。',
  },
  'demand.no-outcome': {
    message: '数据集“{dataset}”没有结果列，或没有足够作答的题项。',
    remedy: '请把一列的用途设为“结果”，并把可能解释它的列设为“题项”。',
  },
  'demand.no-evidence': {
    message: '这些需求既没有提及，也没有评分或驱动，无法计算权重。',
    remedy: '请把主题或评分题分配给需求，或调整各部分的权重。',
  },
  'demand.too-few-texts': {
    message: '只有 {n} 条文本，寻找主题至少需要 {needed} 条。',
    remedy: '请导入更多文本，或检查清洗是否去掉了过多的行。',
  },
  'demand.too-few-answers': {
    message: '只有 {n} 行答全了结果与所有项目，驱动分析至少需要 {needed} 行。',
    remedy: '请减少项目，去掉缺失多的列，或导入更多答卷。',
  },
  'demand.outcome-constant': {
    message: '“{column}”在答全的各行里取值都相同，没有可以解释的差异。',
    remedy: '请选择另一列作为结果。',
  },
  'demand.no-needs': { message: '还没有需求。', remedy: '请先完成“主题与编码”或“满意度与驱动”。' },
  'landing.pilot-arms': {
    message: '试点计划比较两组，但没有指定哪一列说明每个对象属于哪一组。',
    remedy: '选择分组所在的列和它的两个取值，或改签一份前后对比的计划。',
  },
  'landing.pilot-periods': {
    message: '试点计划比较前后两个时期，但没有指定哪一列说明每一行属于之前还是之后。',
    remedy: '选择时期所在的列和它的两个取值，或改签一份两组对比的计划。',
  },
  'landing.folder-taken': {
    message: '文件夹“{path}”已经存在，而且不是本项目生成的。',
    remedy: '请换一个部署包名称，或移走那个文件夹；其中的内容没有改动。',
  },
  'landing.package-missing': {
    message: '“{path}”没有本项目生成的部署包。',
    remedy: '请把文件夹放回原处，或重新生成部署包。',
  },
  'landing.platform-missing': {
    message: '本机没有 {platform} 的 ONNX Runtime，无法打包。',
    remedy: '请选择其他目标系统。',
  },
  'landing.self-test-failed': {
    message: '部署包的自检在“{test}”一项失败：{detail}。',
    remedy: '没有交付任何文件，之前的部署包仍然有效。请重新生成；如果仍然失败，请把日志交给支持人员。',
  },
  'adaptation.no-rows': {
    message: '场景“{scenario}”里没有可用的数据：筛选之后没有既有文本又有类别的行。',
    remedy: '请检查数据集、类别列和筛选条件，并确认这个数据集已清洗。',
  },
  'adaptation.no-test-rows': {
    message: '场景“{scenario}”没有可以测试的数据：{rows} 行都被模型训练时见过。',
    remedy: '请为这个场景导入没有参与训练的数据，或放宽筛选条件。',
  },
  'adaptation.no-common-labels': {
    message: '{modelId} 的类别与场景“{scenario}”没有一个相同，无法直接使用或测试。',
    remedy: '请在场景里填写类别对应关系，或换用“换分类头”等需要训练的方案。',
  },
  'adaptation.recipe-not-applicable': {
    message: '{sourceId} 不能用“{recipe}”这个方案适配到场景“{scenario}”。',
    remedy: '请在“适配方案”中查看原因，改选可用的方案；int8 模型请从它的原模型出发。',
  },
  'competitiveness.labels-missing': {
    message: '数据里没有标签列，无法训练分类模型。',
    remedy: '请导入带标签的数据，或把一列的用途设为“标签”。',
  },
  'competitiveness.test-dataset-unlabelled': {
    message: '测试数据集“{dataset}”里没有一行写明应当怎样回答。',
    remedy: '请把它的标签列或数字列也选上，与训练数据的列一起；或者改为按比例抽取测试数据。',
  },
  'competitiveness.train-rows-missing': {
    message: '没有剩下可以训练的行：每个有标签的行都在测试数据集里，或与其中的文本重复。',
    remedy: '请再选另一个数据集的列，或者改为按比例抽取测试数据。',
  },
  'competitiveness.test-labels-unknown': {
    message: '测试数据集“{dataset}”有 {rows} 行的标签或评分在训练数据里一次也没有出现：{labels}。',
    remedy:
      '如果只是写法或分隔符与训练数据不同，请改成一致；否则请补充有它们的训练数据，或把这些行从测试数据里清洗掉。',
  },
  'competitiveness.scales-differ': {
    message: '“{column}”的量表是 {scale}，“{other}”的是 {otherScale}：同一个数字意思不同。',
    remedy: '请只选同一种量表的列；如果量表填错了，请在“导入”中改正。',
  },
  'competitiveness.scale-directions': {
    message: '“{column}”和“{other}”一个数大为好、一个数小为好。',
    remedy: '请只选方向相同的列；如果方向填错了，请在“导入”中改正。',
  },
  'competitiveness.task-cell': {
    message: '“{dataset}”第 {row} 行写的是“{cell}”，这里需要数字。',
    remedy: '请选择数字列，或把该列的用途设为评分并给出量表，或清洗这个单元格。',
  },
  'competitiveness.task-labels': {
    message: '所选列里有 {n} 个不同的标签或档，最多可预测 {most} 个。',
    remedy: '请检查所选列和分隔符；档数很多的量表请改为预测数值。',
  },
  'competitiveness.task-run': {
    message: '{runId} 预测的是多个标签、评分或数值，这里只能用单一类别的模型。',
    remedy: '请选择回答单一类别的模型（R 开头）。{runId} 的回答可用“试一试文本”或 competitiveness.answerTexts 得到。',
  },
  'competitiveness.no-probability': {
    message: '{runId} 预测的是评分或数值，没有概率可掉，因此不测量它的解释有多可信。',
    remedy: '请看单条解释的完整性差距，并对照积分梯度与遮挡是否一致。回答类别或多个标签的模型可以测量。',
  },
  'competitiveness.class-too-small': {
    message: '类别“{label}”只有 {n} 条，至少需要 {needed} 条。',
    remedy: '请补充这一类的数据，或把它并入相近的类别。',
  },
  'competitiveness.other-test-rows': {
    message: '{runId} 与 {referenceId} 不是在同一批测试数据上测得的，不能比较。',
    remedy: '请先重新计算标记为过期的那一项，再比较。',
  },
  'adaptation.outcome-too-few': {
    message: '“{column}”为“{value}”的只有 {n} 行，至少需要 {needed} 行。',
    remedy: '请另选结果列或要预测的取值，或导入更多行。',
  },
  'adaptation.no-predictors': {
    message: '没有剩下可用来预测“{outcome}”的列。',
    remedy: '请至少把一列取值不全相同的列按数值或类别读取。',
  },
  'service.no-tickets': {
    message: '“{column}”这一列的 {rows} 行里没有可以读懂的创建时间。',
    remedy: '请确认选对了创建时间这一列；时间可写成 2026-03-01 09:30。',
  },
  'service.no-text': {
    message: '数据集“{dataset}”没有文本列。',
    remedy: '请在“导入”中把一列的用途设为“文本”。',
  },
  'service.not-adoptable': {
    message: '数据集“{dataset}”不是反馈轮次，也不是工单，不能并入 D。',
    remedy: '请选择以“反馈轮次”或“工单”导入的数据集。',
  },
  'service.no-rounds': {
    message: '还没有反馈轮次。',
    remedy: '请先说明每一轮由哪些数据集组成。',
  },
  'service.too-few-texts': {
    message: '数据集“{dataset}”只有 {n} 条文本，监控漂移至少需要 {needed} 条。',
    remedy: '请等积累更多文本再监控，或合并几个月的数据。',
  },
  'service.too-few-labels': {
    message: '“{dataset}”里只有 {n} 条工单有人工给的类别，继续训练至少需要 {needed} 条。',
    remedy: '请在队列里多改正一些，或选择人工类别所在的列。',
  },
  'service.no-reference': {
    message: '模型“{modelId}”的训练文本已不在项目里，无法作为参照。',
    remedy: '请换一个模型，或用现有数据重新训练。',
  },
  'service.no-needs': {
    message: '还没有 f1，改进项无法按需求权重排序。',
    remedy: '请先在“需求理解”中算出 f1。',
  },
  'service.nothing-to-improve': {
    message: '还没有可以列为改进项的结果。',
    remedy: '请先完成工单分派、漂移监控、轮次比较或场景测试中的至少一项。',
  },
  'competitiveness.test-locked': {
    message: '测试集已锁定，不能再改动划分。',
    remedy: '锁定保证各次运行可以比较；需要新的划分时，请新建一个数据版本。',
  },
  'competitiveness.experiment-arms': {
    message: '实验需要 2 至 10 个有用户的组，这里有 {n} 个。',
    remedy: '请选择记录每位用户看到哪个版本的那一列，并检查各组名称是否唯一。',
  },
  'competitiveness.experiment-control': {
    message: '数据中没有“{arm}”组，或没有给出它的计划比例。',
    remedy: '请从数据中已有的组里选择对照组；计划比例要么每组都填，要么都不填。',
  },
  'competitiveness.experiment-counts': {
    message: '“{arm}”组中“{metric}”的计数不合理：回答数多于人数，或缺少数字。',
    remedy: '比例型指标需要成功数和回答数；均值型指标需要均值、标准差和回答数。',
  },
  'competitiveness.usability-empty': {
    message: '{rows} 行中没有一行有十个 1 至 5 的回答，无法计分。',
    remedy: '请按问卷顺序选择十个题目列，每题回答为 1 至 5。',
  },
  'competitiveness.usability-groups': {
    message: '分组列有 {n} 个不同的值，最多只能比较 12 组。',
    remedy: '请选择只区分少数几组的列，例如改版前后，或不分组。',
  },
} as const satisfies ErrorTexts;
