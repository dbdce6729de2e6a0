import { Button } from 'antd';
import type { ArtifactInfo } from '../../shared/contract/artifact.ts';
import type { Output } from '../../shared/contract/index.ts';
import { noteText } from '../../shared/i18n/note-text.ts';
import { type Inspected, inspect, useInspector } from '../app/inspector.ts';
import { useLanguage, useT } from '../app/language.ts';
import { slotName } from './artifact-name.ts';
import { ErrorNotice } from './ErrorNotice.tsx';
import { rowText } from './EvidenceTable.tsx';
import { GlossedText } from './GlossedText.tsx';
import { timeText } from './time.ts';
import { useView } from './use-view.ts';
import { Versions } from './Versions.tsx';

const FIRST_ROWS = 4;

type ChainNode = Output<'project.chain'>[number];

function ChainLink({ artifact }: { readonly artifact: ArtifactInfo }) {
  const t = useT();
  const name = slotName(t, artifact.slot);
  return (
    <li>
      <button
        type="button"
        className="link"
        onClick={() => inspect({ title: name, slot: artifact.slot, seed: artifact.seed })}
      >
        {name}
      </button>
      {artifact.stale.length > 0 && <span className="tag tag-attention">▲ {t('stamp.stale')}</span>}
    </li>
  );
}

function Chain({ nodes }: { readonly nodes: readonly ChainNode[] }) {
  const t = useT();
  const here = nodes.find(({ depth }) => depth === 0);
  const upstream = nodes.filter(({ depth }) => depth < 0).sort((a, b) => a.depth - b.depth);
  const downstream = nodes.filter(({ depth }) => depth > 0).sort((a, b) => a.depth - b.depth);
  if (upstream.length === 0 && downstream.length === 0) return <p className="muted">{t('inspector.chainNone')}</p>;
  return (
    <ol className="chain">
      {upstream.map(({ artifact }) => (
        <ChainLink key={artifact.id} artifact={artifact} />
      ))}
      {here !== undefined && (
        <li aria-current="true">
          <strong>{slotName(t, here.artifact.slot)}</strong>
        </li>
      )}
      {downstream.map(({ artifact }) => (
        <ChainLink key={artifact.id} artifact={artifact} />
      ))}
    </ol>
  );
}

function Origin({ slot }: { readonly slot: string }) {
  const t = useT();
  const language = useLanguage();
  const { value: nodes, error } = useView('project.chain', { slot });
  if (error !== null) return <ErrorNotice error={error} />;
  const here = nodes?.find(({ depth }) => depth === 0)?.artifact;
  return (
    <section>
      <h3>{t('inspector.chain')}</h3>
      {nodes !== undefined && <Chain nodes={nodes} />}
      {here !== undefined && (
        <p className="muted">
          {t('inspector.made', { time: timeText(language, here.createdAt), version: here.version })}
        </p>
      )}
    </section>
  );
}

function FirstRows({ selected }: { readonly selected: Inspected }) {
  const t = useT();
  const { value, error } = useView(
    'project.rows',
    selected.ref === undefined ? null : { ref: selected.ref, offset: 0, limit: FIRST_ROWS },
  );
  if (selected.ref === undefined) return null;
  const { ref, title } = selected;
  return (
    <section>
      <h3>
        {t('inspector.evidence')}
        {value !== undefined && <span className="number"> {t('evidence.total', { count: value.total })}</span>}
      </h3>
      {error !== null && <ErrorNotice error={error} />}
      {value?.total === 0 && <p className="muted">{t('inspector.evidenceNone')}</p>}
      {value?.rows.map((row) => (
        <blockquote key={`${row.datasetId} ${row.row}`}>
          <p>{rowText(row)}</p>
          <footer className="muted">
            {[
              row.datasetName,
              t('evidence.position', { row: row.row + 1 }),
              ...row.notes.map((note) => noteText(t, note)),
            ].join(' · ')}
          </footer>
        </blockquote>
      ))}
      {value !== undefined && value.total > value.rows.length && (
        <button
          type="button"
          className="link"
          data-testid="inspector-all-rows"
          onClick={() => useInspector.getState().showEvidence({ title, ref })}
        >
          {t('action.more', { count: value.total })} →
        </button>
      )}
    </section>
  );
}

/** The panel in which every number opens: value, chain, rows, method. */
export function Inspector() {
  const t = useT();
  const { selected, folded, fold } = useInspector();
  if (selected === null) return null;
  if (folded) {
    return (
      <aside className="inspector inspector-folded" aria-label={t('inspector.label')}>
        <button
          type="button"
          className="link"
          aria-expanded="false"
          onClick={() => fold(false)}
          title={t('inspector.show')}
        >
          ‹<span className="visually-hidden">{t('inspector.show')}</span>
        </button>
      </aside>
    );
  }
  const { title, value, interval, n, method, seed, slot } = selected;
  return (
    <aside className="inspector" aria-label={t('inspector.label')} data-testid="inspector">
      <div className="inspector-top">
        <span className="muted">{t('inspector.title')}</span>
        <Button type="text" size="small" aria-expanded="true" onClick={() => fold(true)}>
          {t('inspector.close')} ›
        </Button>
      </div>
      <h2>
        {title}
        {value !== undefined && <span className="number inspector-value"> {value}</span>}
      </h2>
      {interval !== undefined && <p className="number">{t('inspector.interval', interval)}</p>}
      {slot !== undefined && <Origin slot={slot} />}
      {slot !== undefined && <Versions slot={slot} />}
      <FirstRows selected={selected} />
      {(method !== undefined || n !== undefined || seed !== undefined) && (
        <section>
          <h3>{t('inspector.method')}</h3>
          {method !== undefined && (
            <p>
              <GlossedText text={method} />
            </p>
          )}
          <p className="muted number">
            {[
              ...(n === undefined ? [] : [t('inspector.n', { count: n })]),
              ...(seed === undefined ? [] : [t('inspector.seed', { seed: String(seed) })]),
            ].join(' · ')}
          </p>
        </section>
      )}
    </aside>
  );
}
