import { Button } from 'antd';
import type { OfflineFacts } from '../../../shared/contract/offline.ts';
import { formatNumber } from '../../../shared/i18n/number.ts';
import { offlineAnswers } from '../../../shared/offline/answers.ts';
import { sizeText } from '../../../shared/offline/size.ts';
import { socketSummary } from '../../../shared/offline/socket-summary.ts';
import { verifications } from '../../../shared/offline/verify.ts';
import { Card } from '../../components/Card.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { timeText } from '../../components/time.ts';
import { useLanguage, useT } from '../language.ts';
import { useNavigation } from '../navigation.ts';
import { StatementActions } from '../offline/StatementActions.tsx';
import { useOfflineFacts } from '../offline/use-offline-facts.ts';
import '../offline/offline.css';

/** How data stays on this machine, read from the running program; the same figures go into the statement. */
export function OfflinePage() {
  const t = useT();
  const { facts, error } = useOfflineFacts();
  return (
    <section className="page" data-testid="offline-page">
      <PageHeader
        title={t('offline.title')}
        lead={t('offline.lead')}
        action={
          <Button size="small" onClick={() => useNavigation.getState().go({ type: 'settings' })}>
            {t('settings.title')}
          </Button>
        }
      />
      {error !== null && <ErrorNotice error={error} />}
      {facts !== null && (
        <>
          <Answers facts={facts} />
          <StatementActions />
          <Refused facts={facts} />
          <Layers facts={facts} />
          <Checks facts={facts} />
          <Connections facts={facts} />
          <StoredFiles facts={facts} />
          <Outside facts={facts} />
          <Verify facts={facts} />
        </>
      )}
    </section>
  );
}

interface Props {
  readonly facts: OfflineFacts;
}

const MARK = { good: '✓', attention: '▲', failed: '✗' } as const;

function Answers({ facts }: Props) {
  const t = useT();
  return (
    <Card testId="offline-answers">
      <ul className="offline-answers">
        {offlineAnswers(facts, t).map(({ tone, text }) => (
          <li key={text} className={`offline-${tone}`}>
            <span aria-hidden="true">{MARK[tone]}</span> {text}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Layers({ facts }: Props) {
  const t = useT();
  return (
    <Card title={t('offline.section.layers')} testId="offline-layers">
      <p className="muted">{t('offline.sectionLead.layers')}</p>
      <table className="offline-table">
        <thead>
          <tr>
            <th>{t('offline.column.layer')}</th>
            <th>{t('offline.column.basis')}</th>
            <th>{t('offline.column.value')}</th>
          </tr>
        </thead>
        <tbody>
          {facts.layers.map(({ id, basis, value }) => (
            <tr key={id} data-layer={id}>
              <td>
                <strong>{t(`offline.layer.${id}.title`)}</strong>
                <p className="muted">{t(`offline.layer.${id}.what`)}</p>
              </td>
              <td className="cell-whole">{t(`offline.basis.${basis}`)}</td>
              <td>{value !== null && <code>{value}</code>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function Checks({ facts }: Props) {
  const t = useT();
  const language = useLanguage();
  return (
    <Card title={t('offline.section.checks')} testId="offline-checks">
      <table className="offline-table">
        <thead>
          <tr>
            <th>{t('offline.column.check')}</th>
            <th>{t('offline.column.found')}</th>
            <th>{t('offline.column.value')}</th>
            <th>{t('offline.column.at')}</th>
          </tr>
        </thead>
        <tbody>
          {facts.checks.map(({ id, passed, found, at }) => (
            <tr key={id}>
              <td>{t(`offline.check.${id}`)}</td>
              <td className={passed ? 'cell-whole offline-good' : 'cell-whole offline-failed'}>
                {passed ? `✓ ${t('offline.passed')}` : `✗ ${t('offline.failed')}`}
              </td>
              <td>
                <code>{found}</code>
              </td>
              <td className="number">{timeText(language, at)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function Connections({ facts: { sockets } }: Props) {
  const t = useT();
  return (
    <Card title={t('offline.section.sockets')} testId="offline-sockets">
      {sockets === null ? (
        <p>{t('offline.answer.unread')}</p>
      ) : (
        <>
          <p>{socketSummary(sockets, t)}</p>
          <dl>
            <div className="fact">
              <dt className="muted">{t('offline.sockets.listening')}</dt>
              <dd>
                <code>{sockets.listening.join(', ') || t('offline.sockets.none')}</code>
              </dd>
            </div>
            <div className="fact">
              <dt className="muted">{t('offline.sockets.foreign')}</dt>
              <dd>
                <code>{sockets.foreign.join(', ') || t('offline.sockets.none')}</code>
              </dd>
            </div>
          </dl>
        </>
      )}
    </Card>
  );
}

function Refused({ facts: { refused } }: Props) {
  const t = useT();
  const language = useLanguage();
  return (
    <Card title={t('offline.section.refused')} testId="offline-refused">
      <p className="muted">{t('offline.sectionLead.refused')}</p>
      {refused.total === 0 ? (
        <p>{t('offline.refusedNone')}</p>
      ) : (
        <>
          <ul className="offline-kinds">
            {refused.byKind.map(({ kind, count }) => (
              <li key={kind} data-kind={kind} data-count={count}>
                {t(`offline.kind.${kind}`)} <strong className="number">{formatNumber(count)}</strong>
              </li>
            ))}
          </ul>
          <h3>{t('offline.refusedLast', { count: refused.last.length })}</h3>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
          <section className="offline-last" tabIndex={0} aria-label={t('offline.section.refused')}>
            <table className="offline-table">
              <thead>
                <tr>
                  <th>{t('offline.column.at')}</th>
                  <th>{t('offline.column.kind')}</th>
                  <th>{t('offline.column.what')}</th>
                </tr>
              </thead>
              <tbody>
                {refused.last.map(({ at, kind, what }, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: two refusals may be alike in everything
                  <tr key={`${at} ${index}`}>
                    <td className="number cell-whole">{timeText(language, at)}</td>
                    <td className="cell-whole">{t(`offline.kind.${kind}`)}</td>
                    <td>
                      <code>{what}</code>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </>
      )}
    </Card>
  );
}

function StoredFiles({ facts: { stored } }: Props) {
  const t = useT();
  return (
    <Card title={t('offline.section.stored')} testId="offline-stored">
      <p className="muted">{t('offline.sectionLead.stored')}</p>
      <table className="offline-table">
        <thead>
          <tr>
            <th>{t('offline.column.place')}</th>
            <th>{t('offline.column.path')}</th>
            <th className="number">{t('offline.column.files')}</th>
            <th className="number">{t('offline.column.size')}</th>
          </tr>
        </thead>
        <tbody>
          {stored.map(({ id, path, files, bytes }) => (
            <tr key={`${id} ${path}`} data-stored={id}>
              <td>{t(`offline.stored.${id}`)}</td>
              <td>
                <code>{path}</code>
              </td>
              <td className="number">{formatNumber(files)}</td>
              <td className="number cell-whole">{sizeText(t, bytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function Outside({ facts: { outside } }: Props) {
  const t = useT();
  return (
    <Card title={t('offline.section.outside')} testId="offline-outside">
      <p className="muted">{t('offline.sectionLead.outside')}</p>
      <ul className="offline-list">
        {outside.map((id) => (
          <li key={id}>{t(`offline.outside.${id}`)}</li>
        ))}
      </ul>
    </Card>
  );
}

function Verify({ facts }: Props) {
  const t = useT();
  return (
    <Card title={t('offline.section.verify')} testId="offline-verify">
      <p className="muted">{t('offline.sectionLead.verify')}</p>
      <dl className="offline-verify">
        {verifications(facts, [], `${t('offline.statement.fileName')}.html`).map(({ id, command }) => (
          <div key={id}>
            <dt>{t(`offline.verify.${id}`)}</dt>
            <dd>
              <code>{command}</code>
            </dd>
            {id === 'wireshark' && <dd className="muted">{t('offline.verify.wiresharkNote')}</dd>}
          </div>
        ))}
      </dl>
    </Card>
  );
}
