import { Button } from 'antd';
import { useState } from 'react';
import { formatNumber, formatShare } from '../../../../shared/i18n/number.ts';
import type { LimitTest } from '../../../../shared/stages/adaptation/limits.ts';
import { LIMIT_RULES } from '../../../../shared/stages/adaptation/limits.ts';
import type { TemplateId } from '../../../../shared/stages/adaptation/templates.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { useView } from '../../../components/use-view.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';
import { withUnit } from '../words.ts';

interface Props {
  readonly onUse: (templateId: TemplateId) => void;
  /** Where something else on the page is the thing to do. */
  readonly quiet: boolean;
}

const NO_SLOTS: readonly string[] = [];
const WORDS = ['users', 'inputs', 'labels', 'costs', 'compliance', 'watch', 'why'] as const;

/** Ten profiles to start from: who uses it, what goes in, what an error costs and why the limits are what they are. */
export function TemplateGallery({ onUse, quiet }: Props) {
  const t = useT();
  const templates = useView('adaptation.templates', {}, NO_SLOTS);
  const [opened, setOpened] = useState<TemplateId | null>(null);
  return (
    <Card title={t('stage.adaptation.screen.scenarios.gallery')} testId="adaptation-templates">
      <p className="muted">{t('stage.adaptation.screen.scenarios.galleryHint')}</p>
      <ViewNotice view={templates} />
      <ul className="template-grid">
        {(templates.value ?? []).map((template) => {
          const isOpen = opened === template.id;
          const text = (part: (typeof WORDS)[number] | 'name') =>
            t(`stage.adaptation.screen.template.${template.id}.${part}`);
          return (
            <li
              key={template.id}
              className={isOpen ? 'template template-open' : 'template'}
              data-testid={`adaptation-template-${template.id}`}
            >
              <div className="template-head">
                <h3>{text('name')}</h3>
                <span className="muted number small">
                  {t('stage.adaptation.screen.scenarios.perDay', { count: template.volumePerDay })} ·{' '}
                  {template.missToFalseAlarm === 1
                    ? t('stage.adaptation.screen.scenarios.ratioEqual')
                    : t('stage.adaptation.screen.scenarios.ratio', { ratio: formatNumber(template.missToFalseAlarm) })}
                </span>
              </div>
              <dl className="template-words">
                {(isOpen ? WORDS : WORDS.slice(0, 2)).map((part) => (
                  <div key={part}>
                    <dt>{t(`stage.adaptation.screen.scenarios.${part}`)}</dt>
                    <dd>{text(part)}</dd>
                  </div>
                ))}
              </dl>
              {isOpen && (
                <div className="tags">
                  {template.inputKinds.map((kind) => (
                    <span key={kind} className="tag tag-accent">
                      {t(`stage.adaptation.screen.inputKind.${kind}`)}
                    </span>
                  ))}
                  {(Object.entries(template.limits) as [LimitTest, number][]).map(([test, value]) => (
                    <span key={test} className="tag number" title={t(`stage.adaptation.screen.limitHint.${test}`)}>
                      {t(`stage.adaptation.screen.limit.${test}`, { need: '' })}{' '}
                      {t(`stage.adaptation.screen.limitSide.${LIMIT_RULES[test].direction}`)}{' '}
                      {LIMIT_RULES[test].unit === 'share'
                        ? formatShare(value)
                        : `${withUnit(t, value, LIMIT_RULES[test].unit)}`}
                    </span>
                  ))}
                </div>
              )}
              <div className="template-foot">
                <Button
                  size="small"
                  type={!quiet && isOpen ? 'primary' : 'default'}
                  onClick={() => onUse(template.id)}
                  data-testid={`adaptation-use-${template.id}`}
                >
                  {t('stage.adaptation.screen.scenarios.use')}
                </Button>
                <button type="button" className="link small" onClick={() => setOpened(isOpen ? null : template.id)}>
                  {t(`stage.adaptation.screen.scenarios.${isOpen ? 'less' : 'more'}`)}
                </button>
                <span className="muted small">
                  {t('stage.adaptation.screen.scenarios.limits', { count: Object.keys(template.limits).length })}
                </span>
              </div>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
