import { useT } from '../../../app/language.ts';
import type { Verdict } from './test-order.ts';

const SIGN = { passed: '●', failed: '✕', unclear: '▲', 'no-verdict': '○' } as const;
const TONE = { passed: 'tag-accent', failed: 'tag-failed', unclear: 'tag-attention', 'no-verdict': '' } as const;

/** A verdict in a word with its own shape. */
export function VerdictTag({ verdict }: { readonly verdict: Verdict }) {
  const t = useT();
  return (
    <span
      className={`tag ${TONE[verdict]}`}
      data-verdict={verdict}
      title={verdict === 'unclear' ? t('stage.adaptation.screen.tests.unclearHint') : undefined}
    >
      {SIGN[verdict]} {t(`stage.adaptation.screen.verdict.${verdict}`)}
    </span>
  );
}
