import type { LimitOrigin } from '../../../../shared/stages/adaptation/limits.ts';
import { useT } from '../../../app/language.ts';
import { originText } from '../words.ts';

const TONE = { need: 'tag-accent', target: 'tag-accent', template: '', analyst: 'tag-running', none: '' } as const;
const SIGN = { need: '◆', target: '◆', template: '○', analyst: '✎', none: '–' } as const;

/** Where a limit comes from, in a word with a sign; what follows from that, on hover. */
export function OriginChip({
  origin,
  needs,
}: {
  readonly origin: LimitOrigin | null;
  readonly needs: ReadonlyMap<string, string>;
}) {
  const t = useT();
  const type = origin?.type ?? 'none';
  return (
    <span className={`tag ${TONE[type]}`} title={t(`stage.adaptation.screen.originHint.${type}`)} data-origin={type}>
      {SIGN[type]} {originText(t, origin, needs)}
    </span>
  );
}
