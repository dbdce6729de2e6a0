import { Button } from 'antd';
import { Card } from '../../components/Card.tsx';
import { tour, tourStop, useGuide } from '../guide.ts';
import { useT } from '../language.ts';

/** Whether the tour is what the start page proposes first. */
export function useOffersTour(): boolean {
  const { loaded, tour: of } = useGuide();
  return loaded && (of.state === 'offered' || of.state === 'left');
}

/** On the start page: offers the tour to somebody new, and the way back to somebody who left it. Nothing once it was finished or dismissed. */
export function TourOffer() {
  const t = useT();
  const guide = useGuide();
  const { state } = guide.tour;
  if (!useOffersTour()) return null;
  return (
    <section className="card offer" aria-label={t('tour.label')} data-testid="tour-offer">
      <div>
        <strong>{t('tour.offer')}</strong>
        <p className="muted">{t('tour.offerAbout')}</p>
      </div>
      {state === 'left' ? (
        <Button type="primary" onClick={tour.resume} data-testid="tour-resume">
          {t('tour.resume', { stop: t(`tour.stop.${tourStop(guide)}.title`) })}
        </Button>
      ) : (
        <Button type="primary" onClick={tour.start} data-testid="tour-start">
          {t('tour.start')}
        </Button>
      )}
      <Button type="text" onClick={tour.dismiss} data-testid="tour-dismiss">
        {t('tour.dismiss')}
      </Button>
    </section>
  );
}

/** On the help page: where the tour stands, and every way into it. */
export function TourCard() {
  const t = useT();
  const guide = useGuide();
  const { state, stop } = guide.tour;
  return (
    <Card title={t('tour.page')} testId="help-tour">
      <p>{t('tour.pageAbout')}</p>
      <p className="muted">{t(`tour.state.${state}`, { stop: t(`tour.stop.${tourStop(guide)}.title`) })}</p>
      <div className="help-actions">
        {state === 'left' && stop !== null && (
          <Button type="primary" onClick={tour.resume}>
            {t('tour.resume', { stop: t(`tour.stop.${tourStop(guide)}.title`) })}
          </Button>
        )}
        <Button type={state === 'left' ? 'default' : 'primary'} onClick={tour.start} data-testid="tour-restart">
          {t(state === 'offered' ? 'tour.start' : 'tour.restart')}
        </Button>
      </div>
    </Card>
  );
}
