import type { Settings } from '../../shared/contract/app.ts';

/** What `csw help` prints. */
export const HELP_TEXT: Readonly<Record<Settings['language'], string>> = {
  'zh-CN': `csw：在终端里使用大模型客户成功工作台，与界面用同样的请求，得到同样的结果。

用法
  csw help                                 本说明
  csw describe                             列出全部请求，每个一行
  csw describe 请求                        一个请求的输入与输出（JSON Schema），训练的选项附何时该用
  csw describe --json                      全部请求的 JSON Schema，供其他程序读取
  csw new 文件 --name 名称 [--customer 客户] [--period 期间]
                                           新建项目文件（.csw）
  csw new … --encrypt | --password-file 文件
                                           新建加密的项目；没有密码无法恢复
  csw password 文件 --encrypt | --new-password-file 文件 | --plain
                                           设置、更改或去掉密码
  csw call 文件 请求 [JSON]                对项目执行一个请求；JSON 缺省为 {}，
                                           也可写 -（从标准输入读）或 @文件
  csw call 文件 --read-only 请求 [JSON]    只读打开：项目文件和旁边都不写入
  csw call - app.请求 [JSON]               不需要项目的请求
  csw call 文件 --resume 任务              继续暂停、中断或失败的任务
  csw demo --out 文件夹 [--lang en]        不开界面走完示例的五个阶段：留下 project.csw、
                                           report.html、report.pdf、package/ 和 summary.json
  csw offline-statement [文件] [--out 文件夹] [--pdf]
                                           给安全负责人的离线声明（HTML，可选 PDF），可写上一个项目
  --lang zh-CN|en                          说明与示例的语言，缺省取自 LANG

输入中的文件写作 {"sourceId": "file:路径"}，相对路径从当前文件夹算起。
导入模型时，"files": "folder:路径" 代表该文件夹里的全部模型文件。
启动任务的请求会等到任务结束：进度是标准错误上的 JSON 行，结果是标准输出上的 JSON。
打开加密的项目：--password-file 文件（第一行是密码，- 为标准输入）；在终端里则会询问，不回显。
密码不能写在命令行里，也不从环境变量读取：同一台机器上的其他程序看得到它们。
按 Ctrl-C 暂停任务并保存检查点，再按一次取消任务。

退出码
  0 成功    1 请求被拒绝或任务失败（标准错误上有 JSON）    2 用法不对    3 任务已暂停或取消

从一份 CSV 到能作答的模型（两个文件各有 text 与 category 两列）
  csw new 银行.csw --name 某银行
  csw call 银行.csw demand.importSource '{"sourceId": "file:训练.csv", "name": "训练", "kind": "feedback", "overrides": {}, "columns": null}'
  csw call 银行.csw demand.importSource '{"sourceId": "file:测试.csv", "name": "测试", "kind": "feedback", "overrides": {}, "columns": null}'
  csw call 银行.csw competitiveness.chooseLabels '{"type": "columns", "columns": [{"datasetId": "d1", "columnId": "c1"}, {"datasetId": "d2", "columnId": "c1"}]}'
  csw call 银行.csw competitiveness.prepareData '{"test": {"type": "dataset", "datasetId": "d2"}, "devShare": 0.15, "modelId": "bge-small-zh-v1.5", "maxLength": 64, "seed": 7}'
  csw call 银行.csw competitiveness.measureFloors '{"modelId": "bge-small-zh-v1.5", "seed": 7}'
  csw call 银行.csw competitiveness.suggestConfig '{"modelId": "bge-small-zh-v1.5"}'
  csw call 银行.csw competitiveness.train '{"name": "第一个", "modelId": "bge-small-zh-v1.5"}'     按推荐训练；要改的写进 "config"
  csw call 银行.csw competitiveness.compare '{"runId": "R1", "referenceId": "tfidf"}'
  csw call 银行.csw competitiveness.compress '{"name": "int8", "runId": "R1", "technique": "int8"}'
  csw call 银行.csw competitiveness.explain '{"runId": "R1", "source": {"type": "text", "text": "卡丢了"}, "label": null}'
  csw call 银行.csw competitiveness.classify '{"modelId": "C1", "texts": ["卡丢了"]}'

其他例子
  csw new 银行.csw --name 某银行 --customer 某银行 --period 2026年第四季度
  csw call 银行.csw project.overview
  csw call 银行.csw project.saveCopy '{"path": "银行-副本.csw"}'
  csw call 银行.csw project.verify
  csw call 银行.csw competitiveness.prepareTask @多标签.json   一条文本几个标签、评分或数值
  csw call 银行.csw competitiveness.answerTexts '{"runId": "H1", "texts": ["卡丢了"]}'
  csw call 银行.csw adaptation.tableColumns '{"datasetId": "d1"}'
  csw call 银行.csw adaptation.scoreTable @评分.json   表格评分：逻辑回归、评分卡、小网络
  csw call 银行.csw adaptation.explainCase '{"tableId": "T1", "model": "scorecard", "case": {"row": 0}}'
  csw call 银行.csw competitiveness.importModel '{"id": "xlmr", "name": "XLM-R", "languages": ["zh"], "files": "folder:下载/xlm-roberta-base"}'
  csw describe demand.import
`,
  en: `csw: the Success Workbench in a terminal. The same requests as on the screen, the same results.

Usage
  csw help                                 this text
  csw describe                             all requests, one a line
  csw describe REQUEST                     input and output of one (JSON Schema); options of a training with when to use them
  csw describe --json                      all of them as JSON Schema, for other programs
  csw new FILE --name NAME [--customer NAME] [--period TEXT]
                                           make a project file (.csw)
  csw new … --encrypt | --password-file FILE
                                           make it encrypted; without the password nothing can be recovered
  csw password FILE --encrypt | --new-password-file FILE | --plain
                                           set, change or remove the password
  csw call FILE REQUEST [JSON]             run a request on a project; JSON is {} when left out,
                                           and may be - (standard input) or @FILE
  csw call FILE --read-only REQUEST [JSON] open read-only: nothing is written to the file or beside it
  csw call - app.REQUEST [JSON]            a request that needs no project
  csw call FILE --resume JOB               go on with a paused, interrupted or failed job
  csw demo --out DIR [--lang en]           play the sample through all five stages without a screen: leaves
                                           project.csw, report.html, report.pdf, package/ and summary.json
  csw offline-statement [FILE] [--out DIR] [--pdf]
                                           statement for a security officer (HTML, PDF if asked for); may name a project
  --lang zh-CN|en                          language of messages and sample; taken from LANG when left out

A file in the input is written {"sourceId": "file:PATH"}; a relative path starts at the present folder.
For a model to import, "files": "folder:PATH" stands for all model files of that folder.
A request that starts a job waits for it: progress as JSON lines on standard error, the result as JSON on standard output.
An encrypted project is opened with --password-file FILE (its first line; - for standard input); a terminal asks, without echo.
A password is taken neither from the command line nor from a variable: other programs of the machine can read both.
Ctrl-C pauses the job and keeps its checkpoint; a second Ctrl-C cancels it.

Exit codes
  0 done    1 the request was refused or the job failed (JSON on standard error)    2 wrong usage    3 the job is paused or cancelled

From a CSV to a model that answers (both files have the columns text and category)
  csw new bank.csw --name "Some bank"
  csw call bank.csw demand.importSource '{"sourceId": "file:train.csv", "name": "Train", "kind": "feedback", "overrides": {}, "columns": null}'
  csw call bank.csw demand.importSource '{"sourceId": "file:test.csv", "name": "Test", "kind": "feedback", "overrides": {}, "columns": null}'
  csw call bank.csw competitiveness.chooseLabels '{"type": "columns", "columns": [{"datasetId": "d1", "columnId": "c1"}, {"datasetId": "d2", "columnId": "c1"}]}'
  csw call bank.csw competitiveness.prepareData '{"test": {"type": "dataset", "datasetId": "d2"}, "devShare": 0.15, "modelId": "all-MiniLM-L6-v2", "maxLength": 64, "seed": 7}'
  csw call bank.csw competitiveness.measureFloors '{"modelId": "all-MiniLM-L6-v2", "seed": 7}'
  csw call bank.csw competitiveness.suggestConfig '{"modelId": "all-MiniLM-L6-v2"}'
  csw call bank.csw competitiveness.train '{"name": "First", "modelId": "all-MiniLM-L6-v2"}'     as suggested; what should differ goes into "config"
  csw call bank.csw competitiveness.compare '{"runId": "R1", "referenceId": "tfidf"}'
  csw call bank.csw competitiveness.compress '{"name": "int8", "runId": "R1", "technique": "int8"}'
  csw call bank.csw competitiveness.explain '{"runId": "R1", "source": {"type": "text", "text": "I lost my card"}, "label": null}'
  csw call bank.csw competitiveness.classify '{"modelId": "C1", "texts": ["I lost my card"]}'

Further examples
  csw new bank.csw --name "Some bank" --customer "Some bank" --period "2026 Q4"
  csw call bank.csw project.overview
  csw call bank.csw project.saveCopy '{"path": "bank-copy.csw"}'
  csw call bank.csw project.verify
  csw call bank.csw competitiveness.prepareTask @labels.json   several labels a text, a rating or a number
  csw call bank.csw competitiveness.answerTexts '{"runId": "H1", "texts": ["I lost my card"]}'
  csw call bank.csw adaptation.tableColumns '{"datasetId": "d1"}'
  csw call bank.csw adaptation.scoreTable @setup.json   score a table: logistic regression, scorecard, network
  csw call bank.csw adaptation.explainCase '{"tableId": "T1", "model": "scorecard", "case": {"row": 0}}'
  csw call bank.csw competitiveness.importModel '{"id": "xlmr", "name": "XLM-R", "languages": ["zh"], "files": "folder:downloads/xlm-roberta-base"}'
  csw describe demand.import
`,
};
