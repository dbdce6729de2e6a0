import { Tooltip } from 'antd';
import type { ArtifactInfo } from '../../shared/contract/artifact.ts';
import { useLanguage, useT } from '../app/language.ts';
import { slotName } from './artifact-name.ts';
import { durationText, timeText } from './time.ts';

interface Props {
  readonly artifact: ArtifactInfo;
  /** Rows or respondents that it rests on. */
  readonly n?: number;
  /** Method and interval in a few words, e.g. “bootstrap over respondents, 1 000 draws”. */
  readonly method?: string;
}

/** What a result rests on: n, method, seed, version, time, and whether it still stands. */
export function ArtifactStamp({ artifact, n, method }: Props) {
  const t = useT();
  const language = useLanguage();
  const reasons = artifact.stale.map(({ type, slot }) => t(`stamp.reason.${type}`, { slot: slotName(t, slot) }));
  return (
    <div className="stamp" data-testid="artifact-stamp" data-stale={artifact.stale.length > 0}>
      {reasons.length > 0 && (
        <Tooltip title={reasons.join(t('list.separator'))}>
          <span className="tag tag-attention" role="note" aria-label={`${t('stamp.stale')} ${reasons.join(' ')}`}>
            ▲ {t('stamp.stale')}
          </span>
        </Tooltip>
      )}
      {n !== undefined && <span>{t('stamp.n', { count: n })}</span>}
      {method !== undefined && <span>{method}</span>}
      <span>{t('stamp.seed', { seed: String(artifact.seed) })}</span>
      <span>{t('stamp.version', { version: artifact.version })}</span>
      <span>{timeText(language, artifact.createdAt)}</span>
      <span>{t('stamp.took', { time: durationText(t, artifact.durationMs) })}</span>
    </div>
  );
}
