import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import type { PreparedData } from '../../../../shared/stages/competitiveness/contract.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { InspectedNumber } from '../../../components/InspectedNumber.tsx';
import { NumberText } from '../../../components/NumberText.tsx';

/** Rows of each part, asked for and reached. */
export function SplitTable({ view }: { readonly view: ArtifactView<PreparedData> }) {
  const t = useT();
  const { split } = view.result;
  const total = split.parts.reduce((sum, { rows }) => sum + rows, 0);
  return (
    <Card title={t('stage.competitiveness.screen.data.parts')} testId="competitiveness-data-parts">
      <table className="figures-table">
        <thead>
          <tr>
            <th scope="col">{t('stage.competitiveness.screen.data.partColumn')}</th>
            <th scope="col">{t('stage.competitiveness.screen.data.rows')}</th>
            <th scope="col">{t('stage.competitiveness.screen.data.asked')}</th>
            <th scope="col">{t('stage.competitiveness.screen.data.reached')}</th>
          </tr>
        </thead>
        <tbody>
          {split.parts.map(({ part, rows, asked }) => {
            const name = t(`stage.competitiveness.screen.part.${part}`);
            const inspected = {
              method: t('stage.competitiveness.screen.data.partMethod'),
              n: total,
              seed: split.seed,
              slot: view.artifact.slot,
            };
            return (
              <tr key={part}>
                <th scope="row">{name}</th>
                <td>
                  <InspectedNumber value={rows} inspected={{ ...inspected, title: name }} />
                </td>
                <td>
                  <NumberText value={asked} unit="share" />
                </td>
                <td>
                  <InspectedNumber
                    value={total === 0 ? null : rows / total}
                    unit="share"
                    inspected={{
                      ...inspected,
                      title: t('stage.competitiveness.screen.data.partShare', { part: name }),
                    }}
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className="muted">
        {split.groupedTexts > 0 && t('stage.competitiveness.screen.data.grouped', { count: split.groupedTexts })}
      </p>
      {split.excludedFromTrain > 0 && (
        <p className="muted">{t('stage.competitiveness.screen.data.excluded', { count: split.excludedFromTrain })}</p>
      )}
    </Card>
  );
}
