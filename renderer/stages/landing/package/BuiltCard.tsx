import { Typography } from 'antd';
import { formatNumber, formatShare } from '../../../../shared/i18n/number.ts';
import type { BuiltPackage } from '../../../../shared/stages/landing/contract.ts';
import { packageNoticeText } from '../../../../shared/stages/landing/package/notice-text.ts';
import type { PackageResult } from '../../../../shared/stages/landing/package/results.ts';
import { useLanguage, useT } from '../../../app/language.ts';
import { ArtifactStamp } from '../../../components/ArtifactStamp.tsx';
import { Card } from '../../../components/Card.tsx';
import { EvidenceLink } from '../../../components/EvidenceLink.tsx';
import { InspectedNumber } from '../../../components/InspectedNumber.tsx';
import { JobButton } from '../../../components/JobButton.tsx';
import { NoticeList } from '../../../components/NoticeList.tsx';
import { timeText } from '../../../components/time.ts';
import { isReady } from './ready.ts';

const BYTES_PER_MB = 1_000_000;
const MS_PER_SECOND = 1000;

/** One package: whether it can be handed over, its self-test first, where it lies and how it is run. */
export function BuiltCard({ view }: { readonly view: BuiltPackage }) {
  const t = useT();
  const { built, check, path, isThere } = view;
  const { result, artifact } = built;
  const { selfTest } = result;
  const total = selfTest.tests.length;
  const passed = selfTest.tests.filter((test) => test.passed).length;
  const ready = isReady(view);
  const copyable = (text: string) => ({
    text,
    tooltips: [t('stage.landing.screen.package.copy'), t('stage.landing.screen.package.copied')],
  });
  return (
    <Card
      title={`${result.name} · ${result.modelId} ${result.modelName}`}
      extra={
        isThere && (
          <JobButton
            request="landing.verifyPackage"
            input={{ packageId: result.id }}
            slot={`landing.packageCheck:${result.id}`}
            label={t('stage.landing.screen.package.verify')}
            testId="landing-package-verify"
          />
        )
      }
      testId="landing-package-built"
    >
      <p className="package-verdict" data-testid="landing-package-verdict" data-ready={ready}>
        <span className={`tag ${ready ? 'tag-accent' : 'tag-failed'}`}>
          {ready ? '✓' : '✕'} {t(`stage.landing.screen.package.${ready ? 'ready' : 'notReady'}`)}
        </span>
        <strong>
          {t(`stage.landing.screen.package.${passed === total ? 'passed' : 'failed'}`, {
            passed,
            total,
            failed: total - passed,
          })}
        </strong>
      </p>
      {!isThere && (
        <p className="failed-words">
          {t('stage.landing.screen.package.gone')}{' '}
          <span className="muted">{t('stage.landing.screen.package.goneHint')}</span>
        </p>
      )}
      <ul className="self-tests" aria-label={t('stage.landing.screen.package.selfTests')}>
        {selfTest.tests.map((test) => (
          <li key={test.name} data-passed={test.passed} title={test.detail}>
            <span className={test.passed ? 'done-words' : 'failed-words'}>{test.passed ? '✓' : '✕'}</span>{' '}
            {t(`stage.landing.screen.package.selfTest.${test.name}`)}
          </li>
        ))}
      </ul>
      <p className="muted">
        {t('stage.landing.screen.package.selfTestMethod', {
          node: selfTest.node,
          platform: selfTest.platform,
          seconds: (selfTest.durationMs / MS_PER_SECOND).toFixed(1),
        })}
      </p>
      {check !== null && <CheckLine check={check} />}
      {result.notices.length > 0 && (
        <>
          <h3 className="package-heading">{t('stage.landing.screen.package.warnings')}</h3>
          <NoticeList
            lines={result.notices.map((notice) => ({ ...notice, text: packageNoticeText(t, notice) }))}
            testId="landing-package-notices"
          />
        </>
      )}
      <dl className="facts facts-columns">
        <div>
          <dt>{t('stage.landing.screen.package.total')}</dt>
          <dd>
            <InspectedNumber
              value={result.totalBytes / BYTES_PER_MB}
              unit="megabytes"
              decimals={1}
              inspected={{ title: t('stage.landing.screen.package.total'), slot: artifact.slot }}
            />
          </dd>
        </div>
        <div>
          <dt>{t('stage.landing.screen.package.modelSize')}</dt>
          <dd>
            <InspectedNumber
              value={result.modelBytes / BYTES_PER_MB}
              unit="megabytes"
              decimals={1}
              inspected={{ title: `model.onnx · ${result.precision}`, slot: artifact.slot }}
            />{' '}
            <span className="muted">{result.precision}</span>
          </dd>
        </div>
        <div>
          <dt>{t('stage.landing.screen.package.sampleCount')}</dt>
          <dd
            title={t('stage.landing.screen.package.sampleMethod', {
              correct: result.samples.correct,
              tolerance: String(result.samples.tolerance),
            })}
          >
            <EvidenceLink
              count={result.samples.rows}
              evidence={{ type: 'packageSample', packageId: result.id }}
              title={t('stage.landing.screen.package.sampleCount')}
            />
          </dd>
        </div>
        <div>
          <dt>{t('stage.landing.screen.package.calibrationError')}</dt>
          <dd data-testid="landing-package-calibration">
            <Calibration result={result} slot={artifact.slot} />
          </dd>
        </div>
        <div>
          <dt>{t('stage.landing.screen.package.platform')}</dt>
          <dd>{result.platform}</dd>
        </div>
      </dl>
      <h3 className="package-heading">{t('stage.landing.screen.package.where')}</h3>
      <Typography.Text className="package-path" code copyable={copyable(path)} data-testid="landing-package-path">
        {path}
      </Typography.Text>
      <h3 className="package-heading">{t('stage.landing.screen.package.commands')}</h3>
      <p className="muted">{t('stage.landing.screen.package.commandsHint')}</p>
      {[`cd ${result.folder}`, 'node self-test.mjs', 'node server.mjs', 'curl -s http://127.0.0.1:8080/health'].map(
        (command) => (
          <Typography.Paragraph key={command} className="package-command" code copyable={copyable(command)}>
            {command}
          </Typography.Paragraph>
        ),
      )}
      <ArtifactStamp artifact={artifact} n={result.samples.rows} />
    </Card>
  );
}

/** Whether the package's probabilities are calibrated, and how far they are off all the same. */
function Calibration({ result, slot }: { readonly result: PackageResult; readonly slot: string }) {
  const t = useT();
  const { calibration } = result;
  if (calibration === null) {
    return (
      <>
        {t('stage.landing.screen.package.notCalibrated')}
        <div className="muted small">{t('stage.landing.screen.package.notCalibratedHint')}</div>
      </>
    );
  }
  const { temperature, devRows, rows, resamples, before, after } = calibration;
  return (
    <>
      <InspectedNumber
        value={after.value}
        unit="share"
        decimals={1}
        interval={[after.low, after.high]}
        inspected={{
          title: t('stage.landing.screen.package.calibrationError'),
          method: t('stage.landing.screen.package.calibrationMethod', {
            devRows: formatNumber(devRows),
            before: formatShare(before.value, 1),
            resamples: formatNumber(resamples),
          }),
          n: rows,
          slot,
        }}
      />{' '}
      <span className="muted">
        {t('stage.landing.screen.package.calibrated', { temperature: formatNumber(temperature, 2) })}
      </span>
    </>
  );
}

/** What came out when the package was tested once more. */
function CheckLine({ check }: { readonly check: NonNullable<BuiltPackage['check']> }) {
  const t = useT();
  const language = useLanguage();
  const { passed, changed, missing, added } = check.result;
  const lists = [
    ['checkChanged', changed],
    ['checkMissing', missing],
    ['checkAdded', added],
  ] as const;
  return (
    <p className={passed ? 'done-words' : 'failed-words'} data-testid="landing-package-check" data-passed={passed}>
      {t('stage.landing.screen.package.checkedAgain', {
        time: timeText(language, check.artifact.createdAt),
        outcome: t(`stage.landing.screen.package.${passed ? 'checkPassed' : 'checkFailed'}`),
      })}
      {lists
        .filter(([, files]) => files.length > 0)
        .map(([key, files]) => (
          <span key={key}> {t(`stage.landing.screen.package.${key}`, { files: files.join(t('list.separator')) })}</span>
        ))}
    </p>
  );
}
