import { formatNumber } from '../../../../shared/i18n/number.ts';
import type { RunRecord } from '../../../../shared/stages/competitiveness/results.ts';
import { useT } from '../../../app/language.ts';
import { JobButton } from '../../../components/JobButton.tsx';
import { useView } from '../../../components/use-view.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';

/** Gives a run to other programs: as a Hugging Face folder, and where LoRA was trained as a peft adapter. */
export function HubExports({ run }: { readonly run: RunRecord }) {
  const t = useT();
  const view = useView('competitiveness.hubExports', {}, ['competitiveness.hubExport']);
  const method = run.config?.method.type;
  // What an adaptation has trained stands in the whole model alone.
  const hasAdapter = (method === 'lora' || method === 'adalora') && !run.id.startsWith('A');
  const formats = hasAdapter ? (['model', 'adapter'] as const) : (['model'] as const);
  const written = (view.value ?? []).filter(({ result }) => result.modelId === run.id);
  return (
    <details className="more-settings" data-testid="competitiveness-models-hub">
      <summary>{t('stage.competitiveness.screen.models.hub')}</summary>
      <p className="muted small">{t('stage.competitiveness.screen.models.hubHint')}</p>
      <ViewNotice view={view} />
      <div className="form-row">
        {formats.map((format) => (
          <JobButton
            key={format}
            request="competitiveness.exportHub"
            input={{ modelId: run.id, format }}
            slot={`competitiveness.hubExport:${run.id}-${format}`}
            label={t(`stage.competitiveness.screen.models.hubFormats.${format}`)}
            testId={`competitiveness-models-hub-${format}`}
          />
        ))}
      </div>
      {written.map(({ result }) => (
        <p key={result.format} className="small">
          {t('stage.competitiveness.screen.models.hubWritten', {
            path: result.path,
            files: formatNumber(result.files.length),
          })}
        </p>
      ))}
    </details>
  );
}
