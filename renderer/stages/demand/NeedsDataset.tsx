import { useT } from '../../app/language.ts';
import { NothingYet } from '../../components/NothingYet.tsx';

/** A step without any dataset to work on: what it will show, and the way to the import. */
export function NeedsDataset({ step }: { readonly step: 'clean' | 'topics' | 'drivers' | 'needs' }) {
  const t = useT();
  return (
    <NothingYet
      stage="demand"
      step={step}
      title={t('stage.demand.screen.noData')}
      hint={t(`stage.demand.screen.${step}.willShow`)}
      go={{
        stage: 'demand',
        step: 'import',
        label: t('stage.demand.next.import'),
        testId: 'demand-go-import',
      }}
    />
  );
}
