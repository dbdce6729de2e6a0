import type {
  DocumentLine,
  DocumentSection,
  SolutionResult,
} from '../../../../shared/stages/landing/solution/results.ts';
import { inspect } from '../../../app/inspector.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { factText, lineText, lineValue } from './line-text.ts';

/** The solution as a document: sections in the order in which it is read aloud; each number opens where it stands. */
export function DocumentView({ result }: { readonly result: SolutionResult }) {
  const t = useT();
  return (
    <Card testId="landing-solution-document">
      <article className="document">
        {result.document.map((section) => (
          <section key={section.id} data-section={section.id}>
            <h3>{t(`stage.landing.screen.solution.section.${section.id}`)}</h3>
            <SectionBody section={section} result={result} />
          </section>
        ))}
      </article>
    </Card>
  );
}

function SectionBody({ section, result }: { readonly section: DocumentSection; readonly result: SolutionResult }) {
  const t = useT();
  const { id, lines } = section;
  if (id === 'risks') return result.risks.length === 0 ? <Empty of="risks" /> : <RiskTable result={result} />;
  if (id === 'components') return lines.length === 0 ? <Empty of="components" /> : <ComponentTable result={result} />;
  if (lines.length === 0) return id === 'data' || id === 'assumptions' ? <Empty of={id} /> : null;
  if (id === 'data') {
    return (
      <ul className="document-list">
        {lines.map((line) => (
          <li key={lineText(t, line)}>
            {lineText(t, line)}
            <span className="tag">
              {t(
                `stage.landing.screen.solution.personalData.${String(line.params.personalData) as 'none' | 'masked' | 'personal' | 'sensitive'}`,
              )}
            </span>
          </li>
        ))}
      </ul>
    );
  }
  if (lines.every(({ value, unit }) => value === null && unit === 'none')) {
    return (
      <ul className="document-list">
        {lines.map((line) => (
          <li key={lineText(t, line)}>{lineText(t, line)}</li>
        ))}
      </ul>
    );
  }
  return (
    <dl className="facts document-facts">
      {lines.map((line) => (
        <div key={`${line.id} ${String(line.params.name ?? '')}`}>
          <dt>{lineText(t, line)}</dt>
          <dd className="number">
            <LineValue line={line} section={id} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function LineValue({ line, section }: { readonly line: DocumentLine; readonly section: DocumentSection['id'] }) {
  const t = useT();
  const { value, low, high, unit, slot } = line;
  if (value === null)
    return unit === 'none' ? null : <span className="faint">{t('stage.landing.screen.solution.notMeasured')}</span>;
  const text = lineValue(t, value, unit);
  const bounds = low === null || high === null ? null : ([lineValue(t, low, unit), lineValue(t, high, unit)] as const);
  return (
    <button
      type="button"
      className="inspected"
      onClick={() =>
        inspect({
          title: lineText(t, line),
          value: text,
          ...(bounds === null ? {} : { interval: { low: bounds[0], high: bounds[1] } }),
          ...(section === 'sizing' ? { method: t('stage.landing.screen.solution.sizingMethod') } : {}),
          ...(slot === null ? {} : { slot }),
        })
      }
    >
      {text}
      {bounds !== null && (
        <span className="number-interval">
          {' '}
          [{bounds[0]}, {bounds[1]}]
        </span>
      )}
    </button>
  );
}

function ComponentTable({ result }: { readonly result: SolutionResult }) {
  const t = useT();
  const unset = <span className="faint">{t('stage.landing.screen.solution.component.unset')}</span>;
  return (
    <table className="figures-table document-table">
      <thead>
        <tr>
          {(['kind', 'what', 'where', 'who'] as const).map((head) => (
            <th key={head}>{t(`stage.landing.screen.solution.component.${head}`)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {result.settings.components.map(({ kind, name, what, where, who }) => (
          <tr key={`${kind} ${name}`}>
            <th>{name || t(`stage.landing.screen.solution.component.default.${kind}.name`)}</th>
            <td>{what || t(`stage.landing.screen.solution.component.default.${kind}.what`)}</td>
            <td>{where || unset}</td>
            <td>{who || unset}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const HIGH = 12;
const MIDDLE = 6;

function RiskTable({ result }: { readonly result: SolutionResult }) {
  const t = useT();
  return (
    <table className="figures-table document-table">
      <thead>
        <tr>
          {(['name', 'fact', 'score', 'mitigation', 'owner'] as const).map((head) => (
            <th key={head}>{t(`stage.landing.screen.solution.risk.${head}`)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {result.risks.map(({ code, name, likelihood, impact, score, mitigation, owner, fact }) => (
          <tr key={`${code} ${name}`}>
            <th>{code === null ? name : name || t(`stage.landing.screen.solution.line.risk.${code}`)}</th>
            <td>
              {fact === null ? (
                <span className="faint">
                  {t(`stage.landing.screen.solution.fact.${code === null ? 'own' : 'gone'}`)}
                </span>
              ) : fact.slot === null ? (
                factText(t, fact)
              ) : (
                <button
                  type="button"
                  className="link"
                  onClick={() =>
                    inspect({
                      title: t(`stage.landing.screen.solution.line.risk.${fact.code}`),
                      value: factText(t, fact),
                      ...(fact.slot === null ? {} : { slot: fact.slot }),
                    })
                  }
                >
                  {factText(t, fact)}
                </button>
              )}
            </td>
            <td className="cell-whole number">
              <span className={`tag ${score >= HIGH ? 'tag-failed' : score >= MIDDLE ? 'tag-attention' : ''}`}>
                {likelihood} × {impact} = {score}
              </span>
            </td>
            <td>{mitigation || (code === null ? '' : t(`stage.landing.screen.solution.mitigation.${code}`))}</td>
            <td>{owner || <span className="faint">{t('stage.landing.screen.solution.component.unset')}</span>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Empty({ of }: { readonly of: 'data' | 'assumptions' | 'components' | 'risks' }) {
  const t = useT();
  return <p className="faint">{t(`stage.landing.screen.solution.empty.${of}`)}</p>;
}
