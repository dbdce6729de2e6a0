import { App, Button, Checkbox } from 'antd';
import { useState } from 'react';
import type { AppError } from '../../shared/errors/app-error.ts';
import { ErrorNotice } from '../components/ErrorNotice.tsx';
import { call } from '../engine.ts';
import { useT } from './language.ts';
import { asAppError, useSession } from './session.ts';

/** Says that results no longer stand, and recomputes them with one action. */
export function RecomputeBanner() {
  const t = useT();
  const { message } = App.useApp();
  const count = useSession((state) => state.overview?.staleSlots.length ?? 0);
  const [includeTraining, setIncludeTraining] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  if (count === 0) return null;
  const recompute = () => {
    setError(null);
    call('project.recompute', { includeTraining }).then(
      () => void message.info(t('recompute.started')),
      (failure: unknown) => setError(asAppError(failure)),
    );
  };
  return (
    <>
      <div className="notice notice-attention" role="status" data-testid="recompute-banner">
        <span>▲ {t('recompute.message', { count })}</span>
        <Checkbox checked={includeTraining} onChange={(event) => setIncludeTraining(event.target.checked)}>
          {t('recompute.training')}
        </Checkbox>
        <Button size="small" onClick={recompute} data-testid="recompute">
          {t('recompute.action', { count })}
        </Button>
      </div>
      {error !== null && <ErrorNotice error={error} onClose={() => setError(null)} />}
    </>
  );
}
