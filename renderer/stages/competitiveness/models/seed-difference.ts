import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import type { RunRecord } from '../../../../shared/stages/competitiveness/results.ts';
import type { SeedComparison } from '../../../../shared/stages/competitiveness/seeds.ts';
import type { useT } from '../../../app/language.ts';
import { pText } from '../../../components/p-text.ts';

/** What a difference of two means over seeds says of itself when it is opened. */
export function seedDifferenceOpened(
  t: ReturnType<typeof useT>,
  { result, artifact }: ArtifactView<Pick<RunRecord, 'id'>>,
  reference: string,
  figure: 'accuracy' | 'macroF1',
  compared: SeedComparison,
) {
  const { p } = compared[figure];
  return {
    title: t('training.seeds.differenceTitle', {
      run: result.id,
      reference,
      figure: t(`stage.competitiveness.screen.models.${figure}`),
    }),
    method: t('training.seeds.differenceMethod', {
      n: compared.n,
      reference: compared.referenceN,
      p: p === null ? t('list.empty') : pText(t, p),
    }),
    n: compared.n + compared.referenceN,
    slot: artifact.slot,
  };
}
