import { Input } from 'antd';
import { useEffect, useState } from 'react';
import { GLOSSARY, GLOSSARY_TERMS, type GlossaryTerm, type TermPlace } from '../../../shared/help/glossary.ts';
import type { Translate } from '../../../shared/i18n/translate.ts';
import { Card } from '../../components/Card.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { wordsOf } from '../../components/gloss.ts';
import { PageHeader } from '../../components/PageHeader.tsx';
import { useT } from '../language.ts';
import { goToStep, useNavigation } from '../navigation.ts';
import { useSession } from '../session.ts';
import { stepTitleKey } from '../stage-steps.ts';

const pageName = { map: 'rail.map', audit: 'rail.audit' } as const;

function PlaceLink({ place }: { readonly place: TermPlace }) {
  const t = useT();
  const isOpen = useSession((state) => state.projectId !== null);
  const name =
    'page' in place
      ? t(pageName[place.page])
      : `${t(`stage.${place.stage}.name`)} › ${t(stepTitleKey(place.stage, place.step))}`;
  if (!isOpen) return <span className="muted">{name}</span>;
  return (
    <button
      type="button"
      className="link"
      onClick={() =>
        'page' in place ? useNavigation.getState().go({ type: place.page }) : goToStep(place.stage, place.step)
      }
    >
      {name} →
    </button>
  );
}

function Entry({ term, chosen }: { readonly term: GlossaryTerm; readonly chosen: boolean }) {
  const t = useT();
  const formula = t(`glossary.${term}.formula`);
  const [, ...others] = wordsOf(t, term);
  return (
    <div className="glossary-entry" data-chosen={chosen} id={`term-${term}`} data-testid={`term-${term}`}>
      <dt>
        <strong>{t(`glossary.${term}.name`)}</strong>
        {others.length > 0 && <div className="muted">{others.join(t('list.separator'))}</div>}
      </dt>
      <dd>
        <p>{t(`glossary.${term}.plain`)}</p>
        {formula !== '' && (
          <p className="number">
            <span className="muted">{t('help.glossary.formula')} </span>
            {formula}
          </p>
        )}
        <p className="glossary-where">
          <span className="muted">{t('help.glossary.where')}</span>
          {GLOSSARY[term].map((place) => (
            <PlaceLink key={JSON.stringify(place)} place={place} />
          ))}
        </p>
      </dd>
    </div>
  );
}

/** Terms in which every word that was typed is found: in name, other names or explanation. */
function found(t: Translate, typed: string): readonly GlossaryTerm[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return GLOSSARY_TERMS;
  return GLOSSARY_TERMS.filter((term) =>
    [...wordsOf(t, term), t(`glossary.${term}.plain`)].some((text) => text.toLowerCase().includes(wanted)),
  );
}

/** Every word of the method: a plain sentence, the formula, and where it is used. */
export function GlossaryPage({ term }: { readonly term: GlossaryTerm | null }) {
  const t = useT();
  const [typed, setTyped] = useState('');
  useEffect(() => {
    setTyped('');
    if (term !== null) document.getElementById(`term-${term}`)?.scrollIntoView({ block: 'center' });
  }, [term]);
  const terms = found(t, typed);
  return (
    <section className="page" data-testid="glossary">
      <PageHeader title={t('help.glossary.title')} lead={t('help.glossary.lead')} />
      <Card>
        <Input
          allowClear
          value={typed}
          placeholder={t('help.glossary.search')}
          aria-label={t('help.glossary.search')}
          maxLength={60}
          onChange={(event) => setTyped(event.target.value)}
          data-testid="glossary-search"
        />
        {terms.length === 0 ? (
          <EmptyState
            title={t('help.glossary.title')}
            hint={t('help.glossary.none', { text: typed.trim(), count: GLOSSARY_TERMS.length })}
          />
        ) : (
          <dl className="glossary-list">
            {terms.map((id) => (
              <Entry key={id} term={id} chosen={id === term && typed === ''} />
            ))}
          </dl>
        )}
      </Card>
    </section>
  );
}
