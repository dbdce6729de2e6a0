import { useT } from '../app/language.ts';

interface Props {
  readonly low: number;
  readonly high: number;
}

/** Ranks between which a thing lies in 95 % of resamples: `1–2`. */
export function RankInterval({ low, high }: Props) {
  const t = useT();
  const label = low === high ? t('chart.rankOne', { low }) : t('chart.rank', { low, high });
  return (
    <span className="number" title={label}>
      <span aria-hidden="true">{low === high ? low : `${low}–${high}`}</span>
      <span className="visually-hidden">{label}</span>
    </span>
  );
}
