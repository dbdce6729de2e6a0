import { Button, Input, Select } from 'antd';
import type { ReportSection } from '../../../shared/contract/report.ts';
import { useT } from '../language.ts';
import { stepTitleKey } from '../stage-steps.ts';
import type { ReportDraft } from './choice.ts';

interface Props {
  readonly comments: ReportDraft['comments'];
  readonly sections: readonly ReportSection[];
  readonly onChange: (comments: ReportDraft['comments']) => void;
}

/** The author's words, each beside a section or on the first page. */
export function CommentList({ comments, sections, onChange }: Props) {
  const t = useT();
  const places = [
    { value: 'summary', label: t('reports.summary') },
    ...sections.map(({ id, stage, step }) => ({
      value: id,
      label: `${t(`stage.${stage}.name`)} › ${t(stepTitleKey(stage, step))}`,
    })),
  ];
  const change = (id: number, part: { section?: string; text?: string }) =>
    onChange(comments.map((comment) => (comment.id === id ? { ...comment, ...part } : comment)));
  const nextId = Math.max(0, ...comments.map(({ id }) => id)) + 1;
  return (
    <div className="report-comments">
      <p className="muted">{t('reports.commentsHint')}</p>
      {comments.map(({ id, section, text }) => (
        <div key={id} className="report-comment">
          <Select
            size="small"
            aria-label={t('reports.commentWhere')}
            value={section}
            options={places}
            onChange={(value: string) => change(id, { section: value })}
          />
          <Input.TextArea
            autoSize={{ minRows: 1, maxRows: 6 }}
            aria-label={t('reports.commentText')}
            placeholder={t('reports.commentText')}
            value={text}
            onChange={(event) => change(id, { text: event.target.value })}
            data-testid={`report-comment-${id}`}
          />
          <Button size="small" onClick={() => onChange(comments.filter((comment) => comment.id !== id))}>
            {t('reports.commentRemove')}
          </Button>
        </div>
      ))}
      <Button
        size="small"
        onClick={() => onChange([...comments, { id: nextId, section: 'summary', text: '' }])}
        data-testid="report-comment-add"
      >
        {t('reports.commentAdd')}
      </Button>
    </div>
  );
}
