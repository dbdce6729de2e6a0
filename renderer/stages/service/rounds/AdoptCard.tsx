import { Button } from 'antd';
import { useState } from 'react';
import type { DemandChange } from '../../../../shared/stages/service/results.ts';
import { useLanguage, useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { EvidenceLink } from '../../../components/EvidenceLink.tsx';
import { timeText } from '../../../components/time.ts';
import { useCommand } from '../../../components/use-command.ts';

interface Props {
  readonly change: DemandChange;
  /** Artifacts that would become stale. */
  readonly affected: number;
}

/** Rounds and tickets that can become part of D, with what that makes stale, and those that are. */
export function AdoptCard({ change, affected }: Props) {
  const t = useT();
  const language = useLanguage();
  const { send, busy, error, clear } = useCommand();
  const [asked, setAsked] = useState<string | null>(null);
  return (
    <Card title={t('stage.service.screen.rounds.adoptTitle')} testId="service-adopt">
      <p className="muted">{t('stage.service.screen.rounds.adoptHint')}</p>
      {error !== null && <ErrorNotice error={error} onClose={clear} />}
      {change.candidates.length === 0 && change.adopted.length === 0 && (
        <p className="muted">{t('stage.service.screen.rounds.noCandidates')}</p>
      )}
      <ul className="lines">
        {change.adopted.map(({ datasetId, name, rows, adoptedAt }) => (
          <li key={datasetId}>
            <span className="tag tag-accent">● {t('stage.service.screen.rounds.adopted')}</span>
            <span className="lines-grow">
              {name} · <EvidenceLink count={rows} evidence={{ type: 'dataset', datasetId }} title={name} />{' '}
              <span className="muted">
                {t('stage.service.screen.rounds.adoptedAt', { time: timeText(language, adoptedAt) })}
              </span>
            </span>
            <Button
              size="small"
              disabled={busy}
              onClick={() => void send('service.withdrawRound', { datasetId })}
              data-testid={`service-withdraw-${datasetId}`}
            >
              {t('stage.service.screen.rounds.withdraw')}
            </Button>
          </li>
        ))}
        {change.candidates.map(({ datasetId, name, rows }) => (
          <li key={datasetId}>
            <span className="tag">○ {t('stage.service.screen.rounds.candidate')}</span>
            <span className="lines-grow">
              {name} · <EvidenceLink count={rows} evidence={{ type: 'dataset', datasetId }} title={name} />
              {asked === datasetId && (
                <span className="attention-words">
                  {' '}
                  ▲ {t('stage.service.screen.rounds.adoptAsk', { name, rows, count: affected })}
                </span>
              )}
            </span>
            {asked === datasetId ? (
              <>
                <Button
                  size="small"
                  type="primary"
                  onClick={() => void send('service.adoptRound', { datasetId }).then(() => setAsked(null))}
                  data-testid={`service-adopt-yes-${datasetId}`}
                >
                  {t('stage.service.screen.rounds.adoptYes')}
                </Button>
                <Button size="small" onClick={() => setAsked(null)}>
                  {t('action.cancel')}
                </Button>
              </>
            ) : (
              <Button size="small" onClick={() => setAsked(datasetId)} data-testid={`service-adopt-${datasetId}`}>
                {t('stage.service.screen.rounds.adopt')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
