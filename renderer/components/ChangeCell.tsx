import { formatNumber } from '../../shared/i18n/number.ts';
import type { Estimate } from '../../shared/stages/competitiveness/results.ts';
import { RangeCell } from '../charts/RangeCell.tsx';
import { InspectedNumber } from './InspectedNumber.tsx';

interface Props {
  /** After minus before, of a share. */
  readonly difference: Estimate;
  readonly words: { readonly worse: string; readonly same: string; readonly better: string };
  readonly inspected: {
    readonly title: string;
    readonly n: number;
    readonly method: string;
    readonly slot: string;
    /** Left out where it rests on several. */
    readonly seed?: number;
  };
}

const POINTS = 100;
/** The axis spans at least this many points on both sides of no change. */
const LEAST_SPAN = 5;

/** How a share changed, in points with its interval around no change, and what that means in a word. */
export function ChangeCell({ difference: { value, low, high }, words, inspected }: Props) {
  const verdict = high < 0 ? 'worse' : low > 0 ? 'better' : 'same';
  const widest = Math.max(LEAST_SPAN, Math.abs(low * POINTS), Math.abs(high * POINTS)) * 1.1;
  return (
    <div data-verdict={verdict}>
      <div className="score-cell">
        <RangeCell
          value={value * POINTS}
          interval={[low * POINTS, high * POINTS]}
          span={[-widest, widest]}
          reference={0}
          tone={verdict === 'worse' ? 'failed' : 'accent'}
          label={formatNumber(value * POINTS, 1)}
          width={90}
        />
        <InspectedNumber
          value={value * POINTS}
          unit="points"
          interval={[low * POINTS, high * POINTS]}
          inspected={inspected}
        />
      </div>
      <span className={verdict === 'worse' ? 'tag tag-failed' : 'tag'}>
        {verdict === 'worse' ? '▼' : verdict === 'better' ? '▲' : '●'} {words[verdict]}
      </span>
    </div>
  );
}
