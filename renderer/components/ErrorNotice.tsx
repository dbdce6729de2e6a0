import { Button } from 'antd';
import type { AppError, AppErrorJson } from '../../shared/errors/app-error.ts';
import { errorText } from '../../shared/i18n/error-text.ts';
import { useT } from '../app/language.ts';

interface Props {
  readonly error: AppError | AppErrorJson;
  readonly onRetry?: () => void;
  readonly onClose?: () => void;
}

/** What happened and what to do, in the person's language; never a stack. */
export function ErrorNotice({ error, onRetry, onClose }: Props) {
  const t = useT();
  const { message, remedy } = errorText(t, error);
  return (
    <div className="notice notice-error" role="alert" data-testid="error-notice" data-code={error.code}>
      <div>
        <strong>{message}</strong>
        <p>{remedy}</p>
      </div>
      {onRetry !== undefined && (
        <Button size="small" onClick={onRetry}>
          {t('action.retry')}
        </Button>
      )}
      {onClose !== undefined && (
        <Button size="small" type="text" onClick={onClose}>
          {t('action.close')}
        </Button>
      )}
    </div>
  );
}
