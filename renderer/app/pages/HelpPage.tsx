import { Button } from 'antd';
import { useState } from 'react';
import { GLOSSARY_TERMS } from '../../../shared/help/glossary.ts';
import { Card } from '../../components/Card.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { forgetSeenSteps } from '../guide.ts';
import { useT } from '../language.ts';
import { useNavigation } from '../navigation.ts';
import { ShortcutList } from '../ShortcutList.tsx';
import { TourCard } from './TourCard.tsx';

/** Tour, glossary and what the steps explain: all that helps, in one place. */
export function HelpPage() {
  const t = useT();
  const [unfolded, setUnfolded] = useState(false);
  return (
    <section className="page" data-testid="help">
      <PageHeader title={t('help.title')} lead={t('help.lead')} />
      <TourCard />
      <Card title={t('shortcut.title')}>
        <ShortcutList />
      </Card>
      <Card title={t('help.glossary.title')}>
        <p>{t('help.glossary.lead')}</p>
        <div className="help-actions">
          <Button
            onClick={() => useNavigation.getState().go({ type: 'glossary', term: null })}
            data-testid="help-glossary"
          >
            {t('help.glossary.open')}
          </Button>
          <span className="muted number">{t('help.glossary.count', { count: GLOSSARY_TERMS.length })}</span>
        </div>
      </Card>
      <Card title={t('help.steps')}>
        <p>{t('help.stepsAbout')}</p>
        <div className="help-actions">
          <Button
            onClick={() => {
              forgetSeenSteps();
              setUnfolded(true);
            }}
            data-testid="help-unfold"
          >
            {t('help.stepsUnfold')}
          </Button>
          {unfolded && (
            <span className="muted" role="status">
              {t('help.stepsUnfolded')}
            </span>
          )}
        </div>
      </Card>
    </section>
  );
}
