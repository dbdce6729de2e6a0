import type { StageTexts } from '../../i18n/text-shape.ts';
import type { landing } from './contract.ts';
import { landingScreenZhCN } from './screen.zh-CN.ts';

export const landingTextsZhCN = {
  name: '商业落地',
  about: '把需求变成业务目标、方案和部署包，用试点证明效果与回报。',
  step: {
    goals: { title: '目标', lead: '指标、现状、目标值、负责人，并连到需求。' },
    solution: { title: '方案', lead: '组成、接入、容量、成本与风险。' },
    package: { title: '部署包', lead: '客户的工程师不用本程序也能运行的一套文件。' },
    pilot: { title: '试点', lead: '试点设计、效果与区间、去留结论。' },
  },
  figure: {
    goals: '{count, plural:目标}',
    packages: '{count, plural:部署包}',
    pilots: '{count, plural:试点}',
    pilotGo: '试点结论：推广（改善多少，百分点）',
    pilotAdjust: '试点结论：调整（改善多少，百分点）',
    pilotStop: '试点结论：停止（改善多少，百分点）',
    pilotBlocked: '试点无法判定：分组比例不对',
  },
  next: {
    setGoal: '设定第一个业务目标',
    designSolution: '设计方案：容量、成本与风险',
    buildPackage: '生成部署包',
    planPilot: '签署试点计划',
    evaluatePilot: '导入试点数据并评估',
  },
  artifact: {
    goal: '目标',
    solution: '方案',
    solutionSettings: '方案的设定',
    package: '部署包',
    packageCheck: '部署包复查',
    pilot: '试点评估',
    pilotPlan: '试点计划',
  },
  screen: landingScreenZhCN,
} as const satisfies StageTexts<typeof landing.steps>;
