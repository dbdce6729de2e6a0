import { MOST_SEEDS, USUAL_SEEDS } from '../../../shared/stages/competitiveness/seeds.ts';
import { useT } from '../../app/language.ts';
import { NumberField } from '../NumberField.tsx';

interface Props {
  readonly seeds: number;
  readonly onChange: (seeds: number) => void;
  readonly testId: string;
}

/** From how many seeds a recipe is trained. */
export function SeedsField({ seeds, onChange, testId }: Props) {
  const t = useT();
  return (
    <NumberField
      label={t('training.seeds.count')}
      hint={t('training.seeds.countHint', { usual: USUAL_SEEDS })}
      min={1}
      max={MOST_SEEDS}
      value={seeds}
      onChange={onChange}
      data-testid={testId}
    />
  );
}
