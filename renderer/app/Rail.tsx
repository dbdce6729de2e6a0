import { type ReactNode, useEffect } from 'react';
import { STAGE_IDS, type StageId } from '../../shared/contract/stage.ts';
import { formatNumber } from '../../shared/i18n/number.ts';
import { StatusDot } from '../components/StatusDot.tsx';
import { useT } from './language.ts';
import { goToStep, type PageName, useNavigation } from './navigation.ts';
import { useRail } from './rail-state.ts';
import { useSession } from './session.ts';
import { STAGE_STEPS, stepTitleKey } from './stage-steps.ts';

interface LinkProps {
  readonly to: PageName;
  readonly children: ReactNode;
  readonly note?: string | undefined;
}

/** Pages that an entry of the rail leads to without being it. */
const ABOVE: { readonly [place: string]: PageName } = { offline: 'settings', glossary: 'help' };

function RailLink({ to, children, note }: LinkProps) {
  const { place, go } = useNavigation();
  return (
    <li>
      <button
        type="button"
        className="rail-link"
        aria-current={place.type === to || ABOVE[place.type] === to ? 'page' : undefined}
        onClick={() => go({ type: to })}
        data-testid={`rail-${to}`}
      >
        {children}
        {note !== undefined && <span className="rail-note number">{note}</span>}
      </button>
    </li>
  );
}

function StageEntry({ stage, number }: { readonly stage: StageId; readonly number: number }) {
  const t = useT();
  const { place } = useNavigation();
  const overview = useSession((state) => state.overview?.stages.find(({ id }) => id === stage));
  const isOpen = place.type === 'step' && place.stage === stage;
  const firstStep = STAGE_STEPS[stage][0];
  return (
    <li>
      <button
        type="button"
        className={isOpen ? 'rail-link rail-stage rail-open' : 'rail-link rail-stage'}
        aria-expanded={isOpen}
        onClick={() => goToStep(stage, firstStep)}
        data-testid={`rail-${stage}`}
      >
        <StatusDot status={overview?.status ?? 'not-started'} />
        <span className="number">{number}</span>
        <span>{t(`stage.${stage}.name`)}</span>
      </button>
      {isOpen && (
        <ol className="rail-steps" aria-label={t('rail.steps')}>
          {STAGE_STEPS[stage].map((step) => {
            const status = overview?.steps.find(({ id }) => id === step)?.status ?? 'not-started';
            return (
              <li key={step}>
                <button
                  type="button"
                  className="rail-step"
                  aria-current={place.step === step ? 'step' : undefined}
                  onClick={() => {
                    goToStep(stage, step);
                    useRail.getState().show(false);
                  }}
                  data-testid={`rail-${stage}-${step}`}
                >
                  <span>{t(stepTitleKey(stage, step))}</span>
                  <StatusDot status={status} />
                </button>
              </li>
            );
          })}
        </ol>
      )}
    </li>
  );
}

export function Rail() {
  const t = useT();
  const place = useNavigation((state) => state.place);
  const { open, show } = useRail();
  // A place was chosen: the screen is what the person wants to see.
  // biome-ignore lint/correctness/useExhaustiveDependencies: on every change of place.
  useEffect(() => {
    if (place.type !== 'step') show(false);
  }, [place]);
  const rows = useSession(
    (state) => state.overview?.stages.find(({ id }) => id === 'demand')?.figures.find(({ id }) => id === 'rows')?.value,
  );
  return (
    <nav className={open ? 'rail rail-over' : 'rail'} aria-label={t('rail.label')}>
      <ul>
        <RailLink to="map">{t('rail.map')}</RailLink>
      </ul>
      <ol className="rail-stages" aria-label={t('rail.stages')}>
        {STAGE_IDS.map((stage, index) => (
          <StageEntry key={stage} stage={stage} number={index + 1} />
        ))}
      </ol>
      <ul>
        <RailLink to="data" note={rows === null || rows === undefined ? undefined : formatNumber(rows)}>
          {t('rail.data')}
        </RailLink>
        <RailLink to="jobs">{t('rail.runs')}</RailLink>
        <RailLink to="reports">{t('rail.reports')}</RailLink>
        <RailLink to="audit">{t('rail.audit')}</RailLink>
        <RailLink to="settings">{t('settings.title')}</RailLink>
        <RailLink to="help">{t('help.title')}</RailLink>
      </ul>
    </nav>
  );
}
