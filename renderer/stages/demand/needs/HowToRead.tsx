import { formatShare } from '../../../../shared/i18n/number.ts';
import { NEED_PARTS, type NeedsResult } from '../../../../shared/stages/demand/results.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { byRank, spokenButNotDriving } from './need-reading.ts';

/** The answer in sentences: who leads and how surely, what people say against what moves them, what the weights rest on. */
export function HowToRead({ result }: { readonly result: NeedsResult }) {
  const t = useT();
  const [first, second] = byRank(result.needs);
  const contrast = spokenButNotDriving(result.needs);
  if (first === undefined) return null;
  const overlapping = second !== undefined && first.rankHigh >= second.rankLow;
  const weakest = result.sources.flatMap(({ drivers }) => (drivers === null ? [] : [drivers]));
  return (
    <Card title={t('stage.demand.screen.needs.howToRead')} testId="demand-needs-reading">
      <div className="reading-words">
        <p>
          {t('stage.demand.screen.needs.readFirst', { name: first.name, share: formatShare(first.firstShare) })}
          {second !== undefined && (
            <>
              {' '}
              {t('stage.demand.screen.needs.readTopTwo', {
                first: first.name,
                firstShare: formatShare(first.topTwoShare),
                second: second.name,
                secondShare: formatShare(second.topTwoShare),
              })}
            </>
          )}
        </p>
        {second !== undefined && (
          <p>
            {t(overlapping ? 'stage.demand.screen.needs.readOverlap' : 'stage.demand.screen.needs.readApart', {
              first: first.name,
              second: second.name,
            })}
          </p>
        )}
        {contrast !== null && contrast.parts.mention !== null && contrast.parts.driver !== null && (
          <p>
            <span className="tag tag-attention">▲ {t('stage.demand.screen.needs.contrast')}</span>{' '}
            {t('stage.demand.screen.needs.readContrast', {
              name: contrast.name,
              mention: formatShare(contrast.parts.mention.value),
              driver: formatShare(contrast.parts.driver.value),
            })}
          </p>
        )}
        {result.missingParts.length > 0 && (
          <p className="tone-attention">
            ▲{' '}
            {t('stage.demand.screen.needs.missingParts', {
              parts: NEED_PARTS.filter((part) => result.missingParts.includes(part))
                .map((part) => t(`stage.demand.screen.part.${part}`))
                .join(t('list.separator')),
            })}
          </p>
        )}
        <p className="tags">
          {result.sources.map(({ datasetId, name, units, unit, drivers }) => (
            <span key={datasetId} className="tag">
              {t(`stage.demand.screen.sourceUnits.${unit}`, { name, count: units })}{' '}
              {drivers !== null && <span>R² {drivers.rSquared.toFixed(2)}</span>}
            </span>
          ))}
          {weakest.length > 0 && <span className="tag">{t('stage.demand.screen.drivers.johnson')}</span>}
        </p>
        <p className="muted small">{t('stage.demand.screen.needs.fixedTopics', { resamples: result.resamples })}</p>
      </div>
    </Card>
  );
}
