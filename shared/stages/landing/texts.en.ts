import type { TextShape } from '../../i18n/text-shape.ts';
import { landingScreenEn } from './screen.en.ts';
import type { landingTextsZhCN } from './texts.zh-CN.ts';

export const landingTextsEn: TextShape<typeof landingTextsZhCN> = {
  name: 'Landing',
  about:
    'Turns needs into business goals, a solution and a deployment package, and proves effect and return in a pilot.',
  step: {
    goals: { title: 'Goals', lead: 'Measure, baseline, target and owner, linked to a need.' },
    solution: { title: 'Solution', lead: 'Components, integration, sizing, cost and risks.' },
    package: { title: 'Package', lead: 'Files that a customer’s engineer can run without this program.' },
    pilot: { title: 'Pilot', lead: 'Pilot design, effect with interval, and the verdict.' },
  },
  figure: {
    goals: '{count, plural:goal|goals}',
    packages: '{count, plural:package|packages}',
    pilots: '{count, plural:pilot|pilots}',
    pilotGo: 'pilot: go (gain in points)',
    pilotAdjust: 'pilot: adjust (gain in points)',
    pilotStop: 'pilot: stop (gain in points)',
    pilotBlocked: 'pilot blocked: arms out of ratio',
  },
  next: {
    setGoal: 'Set a first business goal',
    designSolution: 'Design the solution: machines, costs, risks',
    buildPackage: 'Build the deployment package',
    planPilot: 'Sign the plan of a pilot',
    evaluatePilot: 'Import the pilot’s data and evaluate them',
  },
  artifact: {
    goal: 'Goal',
    solution: 'Solution',
    solutionSettings: 'Settings of the solution',
    package: 'Package',
    packageCheck: 'Check of a package',
    pilot: 'Pilot evaluation',
    pilotPlan: 'Pilot plan',
  },
  screen: landingScreenEn,
};
