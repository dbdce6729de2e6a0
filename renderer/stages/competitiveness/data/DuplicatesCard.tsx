import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import type { PreparedData } from '../../../../shared/stages/competitiveness/contract.ts';
import type { DuplicateGroup } from '../../../../shared/stages/competitiveness/results.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { InspectedNumber } from '../../../components/InspectedNumber.tsx';

const EXAMPLES = 4;

/** Texts that occur more than once, within and across parts, and those whose labels disagree. */
export function DuplicatesCard({ view }: { readonly view: ArtifactView<PreparedData> }) {
  const t = useT();
  const { exactDuplicates, nearDuplicates, conflictingLabels, rows } = view.result.check;
  const across = exactDuplicates.acrossParts + (nearDuplicates?.acrossParts ?? 0);
  const facts = [
    { id: 'exact', value: exactDuplicates.groups, bad: false },
    { id: 'near', value: nearDuplicates?.pairs ?? null, bad: false },
    { id: 'across', value: across, bad: across > 0 },
    { id: 'conflicts', value: conflictingLabels.texts, bad: conflictingLabels.texts > 0 },
  ] as const;
  const method = {
    exact: 'exactMethod',
    near: 'nearMethod',
    across: 'acrossMethod',
    conflicts: 'conflictMethod',
  } as const;
  const examples = conflictingLabels.examples.length > 0 ? conflictingLabels.examples : exactDuplicates.examples;
  return (
    <Card title={t('stage.competitiveness.screen.data.duplicates')} testId="competitiveness-data-duplicates">
      <dl className="facts">
        {facts.map(({ id, value, bad }) => (
          <div key={id}>
            <dt>
              {bad && <span className="attention-words">▲ </span>}
              {t(`stage.competitiveness.screen.data.${id}`)}
            </dt>
            <dd>
              {value === null ? (
                <span className="muted">{t('stage.competitiveness.screen.data.nearNone')}</span>
              ) : (
                <InspectedNumber
                  value={value}
                  inspected={{
                    title: t(`stage.competitiveness.screen.data.${id}`),
                    method: t(`stage.competitiveness.screen.data.${method[id]}`),
                    n: rows,
                    slot: view.artifact.slot,
                  }}
                />
              )}
            </dd>
          </div>
        ))}
      </dl>
      {exactDuplicates.groups + conflictingLabels.texts + (nearDuplicates?.pairs ?? 0) === 0 && (
        <p>{t('stage.competitiveness.screen.data.duplicatesEmpty')}</p>
      )}
      <ul className="examples-short muted">
        {examples.slice(0, EXAMPLES).map((group) => (
          <li key={group.rows.join(' ')}>{groupText(t, group)}</li>
        ))}
      </ul>
    </Card>
  );
}

function groupText(t: ReturnType<typeof useT>, { rows, labels, parts }: DuplicateGroup): string {
  const params = { count: rows.length, labels: labels.join(t('list.separator')) };
  if (parts.length < 2) return t('stage.competitiveness.screen.data.example', params);
  return t('stage.competitiveness.screen.data.exampleParts', {
    ...params,
    parts: parts.map((part) => t(`stage.competitiveness.screen.part.${part}`)).join(t('list.separator')),
  });
}
