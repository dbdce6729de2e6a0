import type { TextShape } from '../../../i18n/text-shape.ts';
import type { planTextsZhCN } from './plan.zh-CN.ts';

export const planTextsEn: TextShape<typeof planTextsZhCN> = {
  title: { model: 'Model optimisation', product: 'Product design', experience: 'User experience' },
  lead: {
    model: 'Which model to use, how far to compress it, which data is still missing.',
    product: 'What to ship, what to hold back, what to try first.',
    experience: 'How easily people get on, and what they answered.',
  },
  empty: {
    model: 'Nothing to go by yet: train a candidate model first.',
    product: 'Nothing to go by yet: import an A/B test first.',
    experience: 'Nothing to go by yet: import an A/B test or a usability questionnaire first.',
  },
  basis: {
    measured: 'test rows',
    experiment: 'A/B test',
    survey: 'questionnaire',
    assumption: 'assumption',
    unmeasured: 'unmeasured',
  },
  n: { measured: '{n} test rows', experiment: '{n} users', survey: '{n} answers', unmeasured: 'n = {n}' },
  open: 'Open what it rests on',
  line: {
    'use-model':
      'Use {id} “{name}”: weighted gain {scorePoints} points, first in {firstShare} of draws; its test accuracy stands at the right.',
    'keep-reference': 'Keep the reference “{name}” for now: no model was shown to beat it.',
    'gain-on-need': '{id} gains {gainPoints} points on “{need}” (weight {weightShare}).',
    'gain-not-shown':
      '{id} is not shown to gain on “{need}” (weight {weightShare}): {gainPoints} points, with 0 inside the interval.',
    'loss-on-need': '{id} loses {gainPoints} points on “{need}” (weight {weightShare}): mend this before it ships.',
    compress:
      'Use {id} in place of {parent} ({technique}): p95 latency {fromMs} → {toMs} ms, size {fromMb} → {toMb} MB, accuracy {changePoints} points, within what is allowed.',
    'compress-unproven':
      'Do not rely on {id} yet (made from {parent}: {technique}; p95 latency {fromMs} → {toMs} ms, size {fromMb} → {toMb} MB): accuracy {changePoints} points, and too few test rows to rule out a loss beyond what is allowed.',
    'compress-refused':
      'Do not use {id} (made from {parent}: {technique}): accuracy {changePoints} points, beyond what is allowed, so it was refused.',
    confused:
      '{id} takes “{actual}” for “{predicted}” on needs that weigh most: {count} test {count, plural:row|rows}. Add data, or redraw the line between the two.',
    'label-rows':
      '“{need}” weighs {weightShare} and has no test row: label some of its {count} {count, plural:message|messages}.',
    'ship-arm': 'Ship {arm} of “{experiment}”: “{metric}” {effect} against {control}.',
    'hold-guardrail': '{arm} of “{experiment}” must not ship: guardrail “{metric}” got worse ({effect}).',
    'hold-worse': 'Do not ship {arm} of “{experiment}”: “{metric}” got worse ({effect}).',
    'repeat-blocked':
      '“{experiment}” cannot be read: its split {split} is not the one planned ({chanceP}). Find what sorted people, then repeat it.',
    'more-users':
      'No difference shown for {arm} of “{experiment}” ({effect}); this many users reliably reveal differences from {detectable} on. Add users, or let it go.',
    'assumed-gain':
      'The gain of “{strategy}” on “{need}” ({lowPoints} to {highPoints} points) is assumed: run a small experiment.',
    'try-with-users': '“{need}” weighs {weightShare}, and nothing was tried on users for it: plan an A/B test.',
    'metric-better': '{arm} of “{experiment}” does better on “{metric}” ({effect}).',
    'metric-worse': '{arm} of “{experiment}” does worse on “{metric}” ({effect}): find out why first.',
    'sus-below':
      '“{name}” {group} scores {meanScore} (grade {grade}), the whole interval below the average of 68: ease of use comes first.',
    'sus-above':
      '“{name}” {group} scores {meanScore} (grade {grade}), the whole interval above the average of 68: keep it so.',
    'sus-unclear': '“{name}” {group} scores {meanScore} (grade {grade}); the interval holds the average of 68.',
    'sus-better': '“{name}”: {group} scores {changeScore} against {reference}; the change works.',
    'sus-worse': '“{name}”: {group} scores {changeScore} against {reference}; undo or mend the change.',
    'sus-item': 'The weakest item of “{name}” is “{item}” ({pointsValue} of 4): start there.',
    'no-usability': 'No usability data yet: ask the ten SUS questions of at least 30 people.',
  },
  number: { points: '{value} points' },
};
