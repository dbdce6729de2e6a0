import { Button, Progress } from 'antd';
import { useEffect, useState } from 'react';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { fromAppErrorJson } from '../../../shared/errors/app-error.ts';
import { Card } from '../../components/Card.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { useView } from '../../components/use-view.ts';
import { call } from '../../engine.ts';
import { useT } from '../language.ts';
import { asAppError, useSession } from '../session.ts';

const LOOK_AGAIN_MS = 1000;
const PERCENT = 100;

/** The one button of the sample: plays every stage after the first while the project stays open. */
export function SampleRestCard() {
  const t = useT();
  const projectId = useSession((state) => state.projectId);
  const view = useView('app.sampleRest', projectId === null ? null : { projectId });
  const [error, setError] = useState<AppError | null>(null);
  const rest = view.value;
  const { refresh } = view;
  const playing = rest?.state === 'playing';

  useEffect(() => {
    if (!playing) return;
    const timer = setInterval(refresh, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [playing, refresh]);

  if (projectId === null || rest === undefined || rest.state === 'unavailable') return null;
  const send = (name: 'app.playSampleRest' | 'app.stopSampleRest') => {
    setError(null);
    call(name, { projectId }).then(refresh, (failure: unknown) => setError(asAppError(failure)));
  };
  const failure = error ?? (rest.error === null ? null : fromAppErrorJson(rest.error));
  const words = {
    idle: t('map.sampleIdle', { count: rest.total }),
    playing: t('map.samplePlaying', { step: rest.done + 1, count: rest.total, request: rest.request ?? '' }),
    stopped: t('map.sampleStopped', { done: rest.done, count: rest.total }),
    failed: t('map.sampleStopped', { done: rest.done, count: rest.total }),
    done: t('map.sampleDone', { count: rest.total }),
  }[rest.state];
  return (
    <Card
      title={t('map.sample')}
      testId="sample-rest"
      extra={
        playing ? (
          <Button size="small" onClick={() => send('app.stopSampleRest')} data-testid="sample-rest-stop">
            {t('map.sampleStop')}
          </Button>
        ) : (
          rest.state !== 'done' && (
            <Button size="small" onClick={() => send('app.playSampleRest')} data-testid="sample-rest-play">
              {t(rest.state === 'idle' ? 'map.samplePlay' : 'map.sampleOn')}
            </Button>
          )
        )
      }
    >
      <p data-state={rest.state} role="status">
        {words}
      </p>
      {rest.state !== 'idle' && (
        <Progress
          aria-label={t('map.sample')}
          percent={Math.round((rest.done / Math.max(1, rest.total)) * PERCENT)}
          size="small"
          status={failure === null ? 'normal' : 'exception'}
        />
      )}
      {failure !== null && <ErrorNotice error={failure} />}
    </Card>
  );
}
