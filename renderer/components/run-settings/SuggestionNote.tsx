import { type MachineFit, QUICK_AFTER_MINUTES } from '../../../shared/train/fit-machine.ts';
import { useT } from '../../app/language.ts';
import { durationText } from '../time.ts';

interface Props {
  /** What is suggested and why, by the data. */
  readonly why: string;
  readonly machine: MachineFit;
  /** Takes back what was changed; left out where nothing was. */
  readonly onReset?: (() => void) | undefined;
}

/** Why a recipe is suggested, by the data and by the machine. */
export function SuggestionNote({ why, machine, onReset }: Props) {
  const t = useT();
  return (
    <p className="suggestion" data-testid="training-suggestion">
      {why} {machineText(t, machine)}{' '}
      {onReset !== undefined && (
        <>
          <span className="tag tag-attention">{t('stage.competitiveness.screen.models.formChanged')}</span>{' '}
          <button type="button" className="link" onClick={onReset}>
            {t('stage.competitiveness.screen.models.formReset')}
          </button>
        </>
      )}
    </p>
  );
}

function machineText(t: ReturnType<typeof useT>, { because, minutes, fullMinutes }: MachineFit): string {
  const time = (value: number | null) => (value === null ? t('list.empty') : durationText(t, 60_000 * value));
  if (because === 'memory') return t('stage.competitiveness.screen.models.formMachine.memory');
  if (because === 'slow') {
    return t('stage.competitiveness.screen.models.formMachine.slow', {
      full: time(fullMinutes),
      minutes: time(minutes),
      limit: QUICK_AFTER_MINUTES,
    });
  }
  if (minutes === null) return t('stage.competitiveness.screen.models.formMachine.unknown');
  return t('stage.competitiveness.screen.models.formMachine.fits', { minutes: time(minutes) });
}
