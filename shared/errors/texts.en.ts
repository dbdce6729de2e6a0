import type { ErrorTexts } from './texts.zh-CN.ts';

export const errorTextsEn: ErrorTexts = {
  'internal.bug': {
    message: 'The program met an error it did not expect. Your data was not changed.',
    remedy: 'Try again; if it happens again, give the log file to support.',
  },
  'internal.process-lost': {
    message: 'The background process “{process}” ended unexpectedly.',
    remedy:
      'Saved results are unaffected. Resume the job under “Runs and jobs”; if it keeps happening, use fewer threads.',
  },
  'request.unknown': {
    message: 'The program does not know the request “{name}”.',
    remedy: 'Screen and engine may be of different versions: open the program again.',
  },
  'request.no-such': {
    message: 'There is no request “{name}”.',
    remedy: 'Near it: {near}. “csw describe” lists all requests.',
  },
  'request.invalid': {
    message: 'The input “{path}” was not accepted: {problem}.',
    remedy: 'Correct this entry and try again (request: {name}).',
  },
  'request.too-large': {
    message: 'More than {limitMb} MB was submitted at once.',
    remedy: 'Submit it in parts, or import it from a file.',
  },
  'request.too-many': {
    message: '{limit} requests are waiting already; this one was not taken.',
    remedy: 'Try again in a moment; if it goes on, look for a script that keeps sending requests.',
  },
  'runtime.node-version': {
    message: 'This is Node {found}; {needed} is needed.',
    remedy: 'Start with node_modules/.bin/node, which comes with the project, or install the needed version.',
  },
  'runtime.glibc': {
    message:
      'The C library (glibc) of this machine is version {found}; {needed} or later is needed, below it the database cannot be loaded.',
    remedy: 'Use a newer Linux, such as Ubuntu 22.04, Debian 12, RHEL 9 or later.',
  },
  'runtime.visual-cpp': {
    message:
      'The Microsoft Visual C++ libraries are not on this machine ({file} was not found); the parts that train and split words cannot be loaded.',
    remedy:
      'Install “Microsoft Visual C++ 2015–2022 Redistributable (x64)”, or ask those who look after this machine to, and start the program again.',
  },
  'build.changed': {
    message:
      'The program file “{file}” is missing or is not the one that this program was built with. Nothing was loaded.',
    remedy:
      'Install the program again from its original medium. If that does not help, ask those who look after this machine what changed the file.',
  },

  'project.not-found': {
    message: 'The project file “{path}” was not found.',
    remedy: 'Check whether it was moved or renamed, then open it again.',
  },
  'project.exists': {
    message: '“{path}” already exists.',
    remedy: 'Choose another project name, or open the existing project.',
  },
  'sample.not-a-sample': {
    message: 'This project is not the sample.',
    remedy: 'Open the sample project from the list of projects; in your own project, go on step by step.',
  },
  'sample.stopped': {
    message: 'The sample stopped at “{request}” because its job was paused or cancelled.',
    remedy: 'Resume the job under “Runs and jobs”, then let the sample go on.',
  },
  'demo.folder-in-use': {
    message: 'The folder “{folder}” already holds a demonstration or other files of the same names.',
    remedy: 'Choose an empty folder with --out.',
  },
  'project.not-a-project': {
    message: '“{path}” is not a project file of this program.',
    remedy: 'Choose a project file with the extension .csw.',
  },
  'project.corrupt': {
    message: 'The project file “{path}” is damaged: {problem}.',
    remedy: 'Do not go on writing to it: open the latest backup, and keep the damaged file for recovery.',
  },
  'project.newer-than-app': {
    message:
      'The project was made by a newer version (file version {fileVersion}; this program reads up to {appVersion}).',
    remedy: 'Open it with the newer program; this one does not change the file.',
  },
  'project.history-edited': {
    message: 'The upgrade record “{migration}” of the project file differs from this program’s.',
    remedy: 'Another tool may have changed the file: open a backup.',
  },
  'project.locked': {
    message: 'The project is in use by {owner} (since {since}).',
    remedy: 'Close it there first, then open it here.',
  },
  'project.password-needed': {
    message: '“{path}” is encrypted.',
    remedy: 'Enter its password. Without it nobody can read the project, we cannot either.',
  },
  'project.password-wrong': {
    message: 'This password does not open “{path}”.',
    remedy:
      'Check caps lock, keyboard layout and spaces, then try again. If you are certain of the password, the beginning of the file is damaged: open a backup.',
  },
  'project.screen-locked': {
    message: 'The project is locked.',
    remedy: 'Enter its password to go on where you were.',
  },
  'project.jobs-unfinished': {
    message: '{count} jobs are not finished; their checkpoints belong to the present password.',
    remedy: 'Let them finish, or cancel them under “Runs and jobs”, then change the password.',
  },
  'project.not-encrypted': {
    message: '“{path}” is not encrypted, so no password fits it.',
    remedy: 'Open it without a password; you can then set one.',
  },
  'project.in-use': {
    message: 'Another program is using the project file “{path}”: somebody may have it open read-only.',
    remedy: 'Close it there and try again, or open it read-only here.',
  },
  'project.unfinished-write': {
    message:
      'A write to “{path}” was cut off and is still to be undone, which needs writing; the file is read-only here.',
    remedy:
      'Copy the project file and the -journal file of its name to a folder that can be written, and open it there once.',
  },
  'project.needs-upgrade': {
    message:
      'The project was made by an earlier version (file version {fileVersion}; this program is at {appVersion}) and must be upgraded, which needs writing; the file is read-only here.',
    remedy: 'Copy the file to a folder that can be written, and open the copy.',
  },
  'project.cannot-write': {
    message: '“{path}” cannot be written: its folder is read-only, or you lack permission.',
    remedy: 'Choose a folder that can be written, or ask your administrator for permission.',
  },
  'project.device': {
    message: 'The device failed while “{path}” was read or written: {problem}.',
    remedy:
      'See whether the disk, USB stick or network drive is still connected, then open the project again; saved results are not lost.',
  },
  'project.none-open': { message: 'No project is open.', remedy: 'Create or open a project first.' },
  'project.in-other-window': {
    message: 'This project is open in another window.',
    remedy: 'That window was brought to the front: go on there.',
  },
  'project.outside-folder': {
    message: 'Projects are created and opened only in the projects folder “{folder}”.',
    remedy: 'Put the project file into that folder, or start the program with another folder.',
  },
  'project.read-only': {
    message: 'The project is open read-only and cannot be changed.',
    remedy: 'Make a writable copy of the project file and open that.',
  },
  'project.disk-full': {
    message: 'The disk is full: “{path}” could not be written.',
    remedy: 'Free some space and try again; finished results are not lost.',
  },
  'project.check-timeout': {
    message: 'Checking the project file “{path}” took more than {seconds} seconds and was stopped.',
    remedy: 'Copy the file to a local disk and open it there; if it still takes too long, it may be damaged.',
  },

  'artifact.not-found': {
    message: 'The result “{id}” was not found.',
    remedy: 'A newer result may have replaced it: reload this page.',
  },
  'artifact.input-missing': {
    message: 'The result “{slot}” of an earlier step is missing.',
    remedy: 'Finish that step first, then run this one.',
  },
  'artifact.nothing-stale': {
    message: 'Nothing is stale: there is nothing to recompute.',
    remedy: 'All results agree with the present data.',
  },
  'undo.changed-since': {
    message: 'This step cannot be undone or redone now: something changed since, or the earlier version was removed.',
    remedy: 'Undo the newer changes first, or restore an earlier version on the page “Data”.',
  },
  'job.not-found': { message: 'The job “{id}” was not found.', remedy: 'See the present jobs under “Runs and jobs”.' },
  'job.not-resumable': {
    message: 'The job “{id}” cannot go on now (state: {state}).',
    remedy: 'Start this step again.',
  },
  'job.input-failed': {
    message: 'The job “{jobId}”, on which this one depends, did not succeed.',
    remedy: 'Solve the problem of that job and let it finish, then run this step.',
  },
  'job.queue-full': {
    message: '{limit} jobs are unfinished; no more are taken.',
    remedy: 'Let some of them finish, or cancel what is not needed under “Runs and jobs”.',
  },
  'job.illegal-action': {
    message: 'The job “{id}” cannot do “{action}” in state {state}.',
    remedy: 'Its state may just have changed: look again, then act.',
  },

  'source.not-found': {
    message: 'The file to import is not there: {sourceId}.',
    remedy: 'Check its name and place, or choose it again.',
  },
  'source.no-prefix': {
    message: '“{sourceId}” does not name a file.',
    remedy: 'Put file: in front of a path, as in "sourceId": "file:{sourceId}".',
  },
  'import.empty': {
    message: '“{file}” has no data rows.',
    remedy: 'Check the file and the sheet, then import it again.',
  },
  'import.too-large': {
    message: '“{file}” is larger than can be imported ({limit}).',
    remedy: 'Split the file and import the parts.',
  },
  'import.encoding': {
    message: '“{file}” cannot be read as {encoding}.',
    remedy: 'Choose another encoding on the import page (CSV files from Chinese Excel are often GB18030).',
  },
  'import.unclosed-quote': {
    message: 'A quotation mark in row {row} of “{file}” is not closed.',
    remedy: 'Close it in the source file, or choose another quotation mark setting.',
  },
  'import.row': {
    message: 'Row {row} of “{file}” cannot be read: {problem}.',
    remedy: 'Correct this row and import the file again.',
  },
  'import.binary': {
    message: '“{file}” holds no text: it looks like an archive, a picture or another binary file.',
    remedy: 'Unpack it first, or export the data as CSV, XLSX or JSONL and import that.',
  },
  'import.old-workbook': {
    message: '“{file}” is a workbook of the old format (.xls) or one with a password.',
    remedy: 'Open it in your spreadsheet program and save it as .xlsx without a password.',
  },
  'import.format': {
    message: 'The format of “{file}” cannot be read: {problem}.',
    remedy: 'Save it as CSV, XLSX or JSONL and import that.',
  },
  'import.xlsx-unsafe': {
    message: '“{file}” did not pass the safety check: {problem}.',
    remedy: 'Open it in a spreadsheet program and save it as a new XLSX or CSV file.',
  },
  'import.column-missing': {
    message: 'The column “{column}” was not found.',
    remedy: 'Check the column name, or set the column roles again.',
  },
  'import.too-many-rows': {
    message: '“{file}” has more than {limit} rows.',
    remedy: 'Split the file and import the parts.',
  },
  'import.too-many-columns': {
    message: 'Row {row} of “{file}” has {columns} columns; the limit is {limit}.',
    remedy: 'Check the delimiter, or remove columns you do not need.',
  },
  'import.cell-too-large': {
    message: 'The cell in row {row}, column {column} of “{file}” is larger than {limitMb} MB.',
    remedy: 'Check quotation marks and delimiter, or shorten the cell.',
  },
  'import.sheet-missing': {
    message: '“{file}” has no sheet “{sheet}”.',
    remedy: 'Choose one of the sheets in the file.',
  },

  'export.empty': {
    message: 'There is no table and no row to export here.',
    remedy: 'Do this step first, then export.',
  },

  'stats.empty': {
    message: 'There is no data to compute “{what}” from.',
    remedy: 'Check cleaning and column roles: at least one valid row must remain.',
  },
  'stats.too-few': {
    message: '“{what}” has only {n} values; at least {needed} are needed.',
    remedy: 'Add data, or merge segments and compute again.',
  },
  'stats.shape': {
    message: 'The data of “{what}” has the wrong shape: {problem}.',
    remedy: 'Check whether the column roles are right.',
  },

  'autodiff.shape': {
    message: 'Tensor shapes of operation {op} do not match: {problem}.',
    remedy: 'Choose a supported model or tuning method.',
  },
  'autodiff.no-rule': {
    message: 'Operation {op} has no derivative rule yet and cannot be trained.',
    remedy: 'Choose a supported model.',
  },
  'autodiff.graph': {
    message: 'The training graph did not pass its check: {problem}.',
    remedy: 'Choose a supported model or tuning method.',
  },
  'model.not-found': {
    message: 'The model “{model}” was not found.',
    remedy: 'Check the models folder, or choose another model.',
  },
  'model.file': {
    message: 'The model file “{file}” cannot be read: {problem}.',
    remedy: 'Copy the model folder again and retry.',
  },
  'model.tensor-missing': {
    message: '“{file}” lacks the parameter “{tensor}”.',
    remedy: 'Make sure that these are the complete weights of a BERT-family encoder.',
  },
  'model.tensor-shape': {
    message: 'Parameter “{tensor}” in “{file}” has shape {found}; {expected} was expected.',
    remedy: 'Make sure that weights and config.json belong to the same model.',
  },
  'model.unsupported': {
    message: 'The model “{model}” is not supported yet: {problem}.',
    remedy: 'Use a BERT-family encoder.',
  },
  'model.hash': {
    message: 'The checksum of the model file “{file}” does not match: it was changed, or not copied whole.',
    remedy: 'Copy the model again.',
  },
  'model.exists': {
    message: 'There is another base model with the id “{model}” already.',
    remedy: 'Give the new one another id, or delete the other one first.',
  },
  'model.shipped': {
    message: 'The base model “{model}” came with the product and is not deleted here.',
    remedy: 'Only models that you imported can be deleted.',
  },
  'model.file-missing': {
    message: 'The model folder has no “{file}”.',
    remedy:
      'Choose the folder that holds config.json, tokenizer.json and model.safetensors (or its parts with model.safetensors.index.json). If the model is published without one of them, load it once with transformers elsewhere and save it with save_pretrained.',
  },
  'model.onnx-only': {
    message:
      'The base model “{model}” is an ONNX file alone. It can give vectors (topics, frozen encoder), but it cannot be trained, compressed or explained: that takes its weights by name.',
    remedy: 'Choose another base model, or import the same encoder with its model.safetensors.',
  },
  'model.link': {
    message: '“{file}” is a link that leads out of the model folder.',
    remedy: 'Copy the folder with links resolved (cp -rL), then import the copy.',
  },
  'model.hub-adapters': {
    message: 'This model has adapters inside its layers, which Hugging Face’s transformers does not know.',
    remedy: 'Build a package instead (its ONNX file has them in), or train with LoRA, whose matrices can be written.',
  },
  'model.hub-pruned': {
    message: 'This model’s layers have different sizes, which Hugging Face’s transformers does not know.',
    remedy: 'Build a package instead, or write the model that it was made of.',
  },
  'model.no-adapter': {
    message: 'This model has no LoRA matrices of its own: it was tuned in another way, or from a model tuned before.',
    remedy: 'Write the whole model, or train a base model with LoRA or AdaLoRA.',
  },
  'train.data': {
    message: 'The training data cannot be used: {problem}.',
    remedy: 'Go back to “Data check”, correct it and train again.',
  },
  'train.continual': {
    message:
      'Not forgetting by “{part}” needs a model that was tuned before and knows every class of the new rows, and its training rows.',
    remedy: 'Start from such a model with “continue full fine-tuning”, or switch “{part}” off under “More settings”.',
  },
  'train.diverged': {
    message: 'Training diverged at step {step} (the loss is no longer finite).',
    remedy: 'Halve the learning rate, or lengthen the warm-up, and try again.',
  },
  'train.checkpoint': {
    message: 'The checkpoint cannot be used: {problem}.',
    remedy: 'Start this run from the beginning; other runs are unaffected.',
  },
  'train.job-option': {
    message: '“{option}” is a choice that the exported script does not have.',
    remedy: 'Take it out of the recipe and export again, or train here.',
  },
  'train.result-unreadable': {
    message: '“{file}” is not a result of an exported job, or it was damaged on the way.',
    remedy: 'Choose the .safetensors file in the folder “result” that the exported script wrote.',
  },
  'train.result-other-job': {
    message: '“{file}” was trained from another export than the one that stands here.',
    remedy:
      'Choose the export that it belongs to. If rows, labels or split have changed since, export the job again and train on what stands now.',
  },
  'train.result-other-base': {
    message: '“{file}” was trained from another base model than the one here.',
    remedy: 'Train again from the base model that the job names, with the same checksums.',
  },
  'train.result-other-labels': {
    message: '“{file}” has other classes than this project, or has them in another order.',
    remedy: 'Export the job again and train on the classes that stand now.',
  },
  'translation.no-pack': {
    message: 'No translation pack is installed, and none comes with the program.',
    remedy:
      'Import one from disk on the page “Settings”; nothing is fetched. Or take “back-translation” out of the changes.',
  },
  'translation.no-paraphrases': {
    message: 'There are no back-translations of these training rows.',
    remedy:
      'Make them in the form of a run in stage 2, under “Augmentation”, or take “back-translation” out of the changes.',
  },
  'train.zero-gradient': {
    message: 'Parameter “{tensor}” gets no gradient: training would not change it.',
    remedy: 'Check the tuning method and the layers to be trained.',
  },

  'demand.no-text': {
    message: 'There is no text column yet, so topics cannot be analysed.',
    remedy: 'Set the role of a column to “text” in “Import”.',
  },
  'demand.mixed-models': {
    message: 'The texts were embedded by different models ({models}), so their topics cannot be compared.',
    remedy: 'Find topics again and choose one model for all texts.',
  },
  'demand.no-outcome': {
    message: 'Dataset “{dataset}” has no outcome or no item with enough answers.',
    remedy: 'Give one column the role “outcome” and the columns that may explain it the role “item”.',
  },
  'demand.no-evidence': {
    message: 'These needs have no mentions, ratings or drivers, so they cannot be weighed.',
    remedy: 'Assign topics or rated items to the needs, or change the weights of the parts.',
  },
  'demand.too-few-texts': {
    message: 'There are only {n} texts; finding topics takes at least {needed}.',
    remedy: 'Import more texts, or check whether cleaning removed too many rows.',
  },
  'demand.too-few-answers': {
    message: 'Only {n} rows answer the outcome and every item; a driver analysis takes at least {needed}.',
    remedy: 'Use fewer items, leave out columns with many gaps, or import more answers.',
  },
  'demand.outcome-constant': {
    message: 'All complete rows have the same value in “{column}”, so there is no difference to explain.',
    remedy: 'Choose another column as the outcome.',
  },
  'demand.no-needs': {
    message: 'There are no needs yet.',
    remedy: 'Finish “Topics and codes” or “Scores and drivers” first.',
  },
  'landing.pilot-arms': {
    message: 'The plan of the pilot compares two arms, but no column says which unit is in which arm.',
    remedy: 'Choose the column of the arms and its two values, or sign a before/after plan.',
  },
  'landing.pilot-periods': {
    message: 'The plan of the pilot compares two periods, but no column says which row is before and which is after.',
    remedy: 'Choose the column of the periods and its two values, or sign a plan with two arms.',
  },
  'landing.folder-taken': {
    message: 'There is already a folder “{path}” that this project did not build.',
    remedy: 'Give the package another name, or move that folder away. Nothing in it was touched.',
  },
  'landing.package-missing': {
    message: 'There is no package of this project at “{path}”.',
    remedy: 'Put the folder back, or build the package again.',
  },
  'landing.platform-missing': {
    message: 'There is no ONNX Runtime for {platform} on this machine, so it cannot be packed.',
    remedy: 'Choose another target system.',
  },
  'landing.self-test-failed': {
    message: 'The package failed its self-test at “{test}”: {detail}.',
    remedy:
      'Nothing was delivered and an earlier package still stands. Build again; if it stays, give the log to support.',
  },
  'adaptation.no-rows': {
    message: 'The scenario “{scenario}” has no usable rows: after the filter none has both a text and a class.',
    remedy: 'Check dataset, class column and filter, and that the dataset has been cleaned.',
  },
  'adaptation.no-test-rows': {
    message: 'The scenario “{scenario}” has nothing to test on: all {rows} rows were seen in training.',
    remedy: 'Import rows for this scenario that took no part in training, or widen the filter.',
  },
  'adaptation.no-common-labels': {
    message:
      '{modelId} shares no class with the scenario “{scenario}” and can be neither used nor tested there as it is.',
    remedy: 'Fill in the scenario’s label map, or choose a recipe that trains, such as a new head.',
  },
  'adaptation.recipe-not-applicable': {
    message: '{sourceId} cannot be adapted to the scenario “{scenario}” by the recipe “{recipe}”.',
    remedy:
      'See the reasons under “Recipe” and choose one that applies; for an int8 model start from the model it was made of.',
  },
  'competitiveness.labels-missing': {
    message: 'The data has no label column, so no classifier can be trained.',
    remedy: 'Import labelled data, or set the role of a column to “label”.',
  },
  'competitiveness.class-too-small': {
    message: 'Class “{label}” has only {n} rows; at least {needed} are needed.',
    remedy: 'Add data for this class, or merge it into a similar one.',
  },
  'competitiveness.test-dataset-unlabelled': {
    message: 'No row of the test dataset “{dataset}” says what it is to be answered with.',
    remedy:
      'Choose its column of labels or numbers too, beside that of the training data, or draw a share for the test.',
  },
  'competitiveness.train-rows-missing': {
    message: 'No row is left to train on: every labelled row is in the test dataset or repeats one of its texts.',
    remedy: 'Choose a column of another dataset too, or draw a share for the test.',
  },
  'competitiveness.test-labels-unknown': {
    message:
      '{rows} {rows, plural:row|rows} of the test dataset “{dataset}” {rows, plural:has|have} labels or ratings that no training row has: {labels}.',
    remedy:
      'If they are only spelt or separated otherwise in the training data, make both alike; else add training rows with them, or clean them out of the test data.',
  },
  'competitiveness.scales-differ': {
    message:
      'The scale of “{column}” is {scale}, that of “{other}” {otherScale}: the same number does not mean the same.',
    remedy: 'Choose columns of one scale only. If a scale was entered wrongly, set it right under “Import”.',
  },
  'competitiveness.scale-directions': {
    message: 'A high number is good in one of “{column}” and “{other}”, and bad in the other.',
    remedy: 'Choose columns that count the same way. If a direction was entered wrongly, set it right under “Import”.',
  },
  'competitiveness.task-cell': {
    message: 'Row {row} of “{dataset}” has “{cell}” where a number is wanted.',
    remedy: 'Choose a column of numbers, give the column the role of a score with its scale, or clean this cell.',
  },
  'competitiveness.task-labels': {
    message: 'The columns hold {n} different labels or levels; at most {most} can be predicted.',
    remedy: 'Check the column and the separator. For a scale with many steps predict a number.',
  },
  'competitiveness.task-run': {
    message: '{runId} predicts several labels, a rating or a number; this works with a model of one class only.',
    remedy:
      'Choose a model R… that answers one of the classes. What {runId} answers is had with “Try texts” or competitiveness.answerTexts.',
  },
  'competitiveness.no-probability': {
    message:
      '{runId} predicts a rating or a number, which has no probability; how far its explanations are to be trusted is not measured.',
    remedy:
      'Look at the completeness gap of an explanation, and at whether integrated gradients and occlusion agree. A model of classes or of several labels can be measured.',
  },
  'competitiveness.other-test-rows': {
    message: '{runId} and {referenceId} were measured on different test rows, so they cannot be compared.',
    remedy: 'Recompute the one that is marked stale, then compare again.',
  },
  'adaptation.outcome-too-few': {
    message: 'Only {n} {n, plural:row has|rows have} {column} = {value}; at least {needed} are needed.',
    remedy: 'Choose another outcome or another value to predict, or import more rows.',
  },
  'adaptation.no-predictors': {
    message: 'No column is left from which {outcome} could be predicted.',
    remedy: 'Read at least one column whose values differ as a number or as a category.',
  },
  'service.no-tickets': {
    message: 'None of the {rows} rows has a creation time in “{column}” that can be read.',
    remedy: 'Check that this is the column of the creation time; write times as 2026-03-01 09:30.',
  },
  'service.no-text': {
    message: 'Dataset “{dataset}” has no text column.',
    remedy: 'Set the role of a column to “text” in “Import”.',
  },
  'service.not-adoptable': {
    message: 'Dataset “{dataset}” is neither a feedback round nor tickets, so it cannot become part of D.',
    remedy: 'Choose a dataset that was imported as a feedback round or as tickets.',
  },
  'service.no-rounds': {
    message: 'There is no feedback round yet.',
    remedy: 'Say first which datasets make each round.',
  },
  'service.too-few-texts': {
    message: 'Dataset “{dataset}” has only {n} texts; monitoring drift takes at least {needed}.',
    remedy: 'Wait for more texts, or put several months together.',
  },
  'service.too-few-labels': {
    message: 'Only {n} tickets of “{dataset}” have a class from people; a training on them needs {needed}.',
    remedy: 'Set more tickets right in the queue, or choose the column with the classes that people gave.',
  },
  'service.no-reference': {
    message:
      'The training texts of model “{modelId}” are no longer in the project, so there is nothing to compare with.',
    remedy: 'Choose another model, or train one anew on the data that is there.',
  },
  'service.no-needs': {
    message: 'There is no f1 yet, so improvements cannot be ranked by the weight of needs.',
    remedy: 'Compute f1 in “Demand” first.',
  },
  'service.nothing-to-improve': {
    message: 'There is no result yet that could be improved upon.',
    remedy: 'Finish at least one of ticket triage, drift monitoring, comparing rounds or scenario tests.',
  },
  'competitiveness.test-locked': {
    message: 'The test set is locked: the split cannot be changed any more.',
    remedy: 'The lock keeps runs comparable; for a new split, make a new data version.',
  },
  'competitiveness.experiment-arms': {
    message: 'The experiment needs 2 to 10 arms with people in them; this has {n}.',
    remedy: 'Choose the column that says which version each person saw, or check that every arm has its own name.',
  },
  'competitiveness.experiment-control': {
    message: 'There is no arm “{arm}” in this data, or its planned share was not given.',
    remedy: 'Choose the control from the arms in the data, and give every arm a planned share or none.',
  },
  'competitiveness.experiment-counts': {
    message: 'The counts of “{metric}” in arm “{arm}” do not fit: more answers than people, or a number is missing.',
    remedy: 'A share needs successes and answers; a mean needs mean, standard deviation and answers.',
  },
  'competitiveness.usability-empty': {
    message: 'None of the {rows} rows has ten answers from 1 to 5, so there is no score.',
    remedy: 'Choose the ten items in the order of the questionnaire, each answered 1 to 5.',
  },
  'competitiveness.usability-groups': {
    message: 'The group column has {n} different values; at most 12 can be compared.',
    remedy: 'Choose a column that tells a few groups apart, such as before and after, or none.',
  },
};
