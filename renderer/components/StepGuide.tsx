import type { StageId } from '../../shared/contract/stage.ts';
import { isI18nKey } from '../../shared/i18n/translate.ts';
import { unfold, useGuide } from '../app/guide.ts';
import { useT } from '../app/language.ts';
import { GlossedText } from './GlossedText.tsx';

const PARTS = ['what', 'why', 'formula', 'read'] as const;

/** What a step does and why: open on the first visit, one line from then on, so that the answer stands first. */
export function StepGuide({ stage, step }: { readonly stage: StageId; readonly step: string }) {
  const t = useT();
  const id = `${stage}.${step}`;
  const open = useGuide((state) => state.unfolded === id);
  return (
    <section className="step-guide" data-testid="step-guide" data-open={open}>
      <button
        type="button"
        className="link step-guide-fold"
        aria-expanded={open}
        onClick={() => unfold(open ? null : id)}
      >
        <span aria-hidden="true">{open ? '▾' : '▸'}</span> {t('help.guide.open')}
      </button>
      {open && (
        <dl>
          {PARTS.map((part) => {
            const key = `guide.${id}.${part}`;
            return (
              isI18nKey(key) && (
                <div key={part}>
                  <dt>{t(`help.guide.${part}`)}</dt>
                  <dd>
                    <GlossedText text={t(key)} />
                  </dd>
                </div>
              )
            );
          })}
        </dl>
      )}
    </section>
  );
}
