import { Button } from 'antd';
import type { Translate } from '../../../../shared/i18n/translate.ts';
import type { TopicEdit, TopicsResult } from '../../../../shared/stages/demand/results.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';

interface Props {
  readonly edits: readonly TopicEdit[];
  readonly notApplied: readonly TopicEdit[];
  readonly found: TopicsResult;
  readonly onChange: (edits: readonly TopicEdit[]) => void;
}

function editText(t: Translate, edit: TopicEdit, found: TopicsResult): string {
  const nameOf = (id: string) => found.topics.find((topic) => topic.id === id)?.name ?? id;
  if (edit.type === 'rename')
    return t('stage.demand.screen.topics.editRename', { from: nameOf(edit.topic.topicId), to: edit.name });
  const names = edit.topics.map(({ topicId }) => t('stage.demand.screen.quoted', { name: nameOf(topicId) }));
  const joined = names.join(t('list.separator'));
  return edit.name === null
    ? t('stage.demand.screen.topics.editMerge', { names: joined })
    : t('stage.demand.screen.topics.editMergeAs', { names: joined, to: edit.name });
}

/** Merges and renames in their order, each to be undone; those that no longer find their topics are marked. */
export function TopicEdits({ edits, notApplied, found, onChange }: Props) {
  const t = useT();
  const lost = new Set(notApplied.map((edit) => JSON.stringify(edit)));
  return (
    <Card title={t('stage.demand.screen.topics.edits')} testId="demand-topics-edits">
      {edits.length === 0 && <p className="muted">{t('stage.demand.screen.topics.editsNone')}</p>}
      <ul className="lines">
        {edits.map((edit, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an edit is its place in the order.
          <li key={index}>
            <span className="lines-grow">
              {editText(t, edit, found)}{' '}
              {lost.has(JSON.stringify(edit)) && (
                <span className="tag tag-attention" title={t('stage.demand.screen.topics.notAppliedHint')}>
                  ▲ {t('stage.demand.screen.topics.notApplied')}
                </span>
              )}
            </span>
            <Button
              type="link"
              size="small"
              onClick={() => onChange(edits.filter((_, other) => other !== index))}
              data-testid={`demand-topics-undo-${index}`}
            >
              {t('stage.demand.screen.undo')}
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}
