import type { BuiltPackage } from '../../../../shared/stages/landing/contract.ts';
import { useLanguage, useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { timeText } from '../../../components/time.ts';
import { isReady } from './ready.ts';
import { usePackage } from './store.ts';

interface Props {
  readonly packages: readonly BuiltPackage[];
  readonly shown: string;
}

/** All packages of the project, the newest first. */
export function PackageList({ packages, shown }: Props) {
  const t = useT();
  const language = useLanguage();
  return (
    <Card title={t('stage.landing.screen.package.packages')} testId="landing-package-list">
      <ul className="package-list">
        {packages.map((view) => {
          const { id, name, modelId, precision, platform } = view.built.result;
          const ready = isReady(view);
          return (
            <li key={id}>
              <button
                type="button"
                className="link"
                aria-current={id === shown}
                onClick={() => usePackage.setState({ shown: id })}
              >
                {name}
              </button>{' '}
              <span className={`tag ${ready ? 'tag-accent' : 'tag-failed'}`}>
                {ready ? '✓' : '✕'} {t(`stage.landing.screen.package.${ready ? 'ready' : 'notReady'}`)}
              </span>{' '}
              <span className="muted">
                {modelId} · {precision} · {platform} · {timeText(language, view.built.artifact.createdAt)}
              </span>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
