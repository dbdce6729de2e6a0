import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { TOUR_STOPS, type TourStop } from '../../../shared/help/tour.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { GlossedText } from '../../components/GlossedText.tsx';
import { tour, tourStop, useGuide } from '../guide.ts';
import { useInspector } from '../inspector.ts';
import { useT } from '../language.ts';
import { type Place, useNavigation } from '../navigation.ts';
import { asAppError, closeProject, useSession } from '../session.ts';
import { startShortRun } from './short-run.ts';
import { openFirstNumber, STOPS } from './stops.ts';
import { useDone } from './use-done.ts';
import { useTarget } from './use-target.ts';

const PARTS = ['what', 'why', 'look', 'do'] as const;

const isThere = (place: Place, wanted: Place) =>
  place.type === wanted.type &&
  (wanted.type !== 'step' || (place.type === 'step' && place.stage === wanted.stage && place.step === wanted.step));

/** The tour's own strip below the screen: it never covers what it explains, and everything beside it stays usable. */
export function TourPanel() {
  const guide = useGuide();
  if (!guide.loaded || guide.tour.state !== 'running') return null;
  return <Strip stop={tourStop(guide)} />;
}

function Strip({ stop }: { readonly stop: TourStop }) {
  const isSample = useSession((state) => state.overview?.project.sample === true && state.projectId !== null);
  const isOpen = useSession((state) => state.projectId !== null);
  // Once the sample is open, the first stop has nothing more to say.
  useEffect(() => {
    if (isSample && stop === 'start') tour.goTo('map');
  }, [isSample, stop]);
  if (stop !== 'start' && !isSample) return <Elsewhere stop={stop} isOpen={isOpen} />;
  if (stop === 'start' && isOpen) return isSample ? null : <Elsewhere stop={stop} isOpen />;
  return <StopStrip key={stop} stop={stop} />;
}

/** The tour goes on in a sample only. */
function Elsewhere({ stop, isOpen }: { readonly stop: TourStop; readonly isOpen: boolean }) {
  const t = useT();
  return (
    <section className="tour" aria-label={t('tour.label')} data-testid="tour" data-stop={stop} data-elsewhere="true">
      <div className="tour-head">
        <strong>{t('tour.elsewhere', { stop: t(`tour.stop.${stop}.title`) })}</strong>
        <span className="tour-actions">
          <Button size="small" onClick={tour.leave}>
            {t('tour.leave')}
          </Button>
          <Button
            size="small"
            type="primary"
            onClick={() => (isOpen ? void closeProject() : openSample())}
            data-testid="tour-open-sample"
          >
            {t(isOpen ? 'top.home' : 'tour.openSample')}
          </Button>
        </span>
      </div>
    </section>
  );
}

/** Presses the start page's own button, so that there is one way of opening it. */
function openSample(): void {
  document.querySelector<HTMLElement>('[data-testid="open-sample"]')?.click();
}

function StopStrip({ stop }: { readonly stop: TourStop }) {
  const t = useT();
  const { place, targets } = STOPS[stop];
  const found = useTarget(targets);
  const done = useDone(stop);
  const at = TOUR_STOPS.indexOf(stop);
  const isLast = at === TOUR_STOPS.length - 1;
  const heading = useRef<HTMLHeadingElement>(null);

  // Each stop takes the person to its place once; from then on they may wander.
  useEffect(() => {
    const { place: here, go } = useNavigation.getState();
    if (!isThere(here, place)) go(place);
    heading.current?.focus({ preventScroll: true });
  }, [place]);

  const isReady = found !== null;
  useEffect(() => {
    if (stop === 'rows' && isReady && useInspector.getState().selected === null) openFirstNumber();
  }, [stop, isReady]);

  return (
    <section
      className="tour"
      aria-label={t('tour.label')}
      data-testid="tour"
      data-stop={stop}
      data-target={found ?? ''}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        tour.leave();
      }}
    >
      <div className="tour-head">
        <h2 ref={heading} tabIndex={-1}>
          {t(`tour.stop.${stop}.title`)}
        </h2>
        <span className="muted number">{t('tour.position', { at: at + 1, count: TOUR_STOPS.length })}</span>
        {/* In this line, so that the strip keeps its height when the result comes. */}
        {found !== null && found !== targets[0] && (
          <span className="tag" role="status" data-testid="tour-not-yet">
            {t('tour.notYet')}
          </span>
        )}
        <span className="tour-actions">
          <Button size="small" type="text" title={t('tour.leaveHint')} onClick={tour.leave} data-testid="tour-leave">
            {t('tour.leave')}
          </Button>
          {at > 1 && (
            <Button size="small" onClick={() => tour.move(-1)} data-testid="tour-back">
              {t('tour.back')}
            </Button>
          )}
          {stop === 'start' ? (
            <Button size="small" type="primary" onClick={openSample} data-testid="tour-open-sample">
              {t('tour.openSample')}
            </Button>
          ) : (
            <Button size="small" type="primary" onClick={() => tour.move(1)} data-testid="tour-next">
              {t(isLast ? 'tour.finish' : 'tour.next')}
            </Button>
          )}
        </span>
      </div>
      <dl className="tour-parts">
        {PARTS.map((part) => (
          <div key={part} className={part === 'do' ? 'tour-do' : undefined}>
            <dt>
              {t(`tour.${part}`)}
              {part === 'do' && done && <span className="tour-done"> ✓ {t('tour.done')}</span>}
            </dt>
            <dd>
              <GlossedText text={t(`tour.stop.${stop}.${part}`)} />
              {part === 'do' && stop === 'train' && <ShortRun started={done} />}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function ShortRun({ started }: { readonly started: boolean }) {
  const t = useT();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  if (started) return <p className="muted">{t('tour.shortRunStarted')}</p>;
  return (
    <>
      <Button
        size="small"
        loading={busy}
        onClick={() => {
          setBusy(true);
          setError(null);
          startShortRun(t('tour.shortRunName'))
            .catch((failure: unknown) => setError(asAppError(failure)))
            .finally(() => setBusy(false));
        }}
        data-testid="tour-short-run"
      >
        {t('tour.shortRun')}
      </Button>
      {error !== null && <ErrorNotice error={error} />}
    </>
  );
}
