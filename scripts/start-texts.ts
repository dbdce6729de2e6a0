import type { Settings } from '../shared/contract/app.ts';

const zhCN = {
  trying: '正在尝试取得 Electron（最多 10 秒，只试一次）……',
  without: '没有 Electron，改在浏览器中打开，功能相同。',
  building: '正在构建界面……',
  ready: (seconds: string) => `大模型客户成功工作台已启动（${seconds} 秒），只在本机 127.0.0.1 上。`,
  folder: (path: string) => `项目文件夹：${path}`,
  openYourself: (path: string) => `请用浏览器打开这个文件：\n${path}`,
  again: '按回车键在浏览器中再次打开，按 Ctrl-C 结束。',
  stop: '按 Ctrl-C 结束。',
  stopping: '正在暂停任务并关闭项目……',
};

const en: typeof zhCN = {
  trying: 'Trying to get Electron (10 seconds at most, only once) …',
  without: 'No Electron: opening in the browser, with the same functions.',
  building: 'Building the screens …',
  ready: (seconds) => `Success Workbench is running (${seconds} s), on this machine’s 127.0.0.1 only.`,
  folder: (path) => `Projects folder: ${path}`,
  openYourself: (path) => `Open this file in a browser:\n${path}`,
  again: 'Enter opens the browser again, Ctrl-C ends.',
  stop: 'Ctrl-C ends.',
  stopping: 'Pausing jobs and closing projects …',
};

export const START_TEXTS: Readonly<Record<Settings['language'], typeof zhCN>> = { 'zh-CN': zhCN, en };
