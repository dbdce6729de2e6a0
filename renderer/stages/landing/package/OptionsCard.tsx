import { Input, Segmented, Select } from 'antd';
import type { Output } from '../../../../shared/contract/index.ts';
import type { PackageLanguage, PackagePlatform } from '../../../../shared/stages/landing/package/results.ts';
import type { StorageFormat } from '../../../../shared/train/storage.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { Field } from '../../../components/Field.tsx';
import { usePackage } from './store.ts';

export interface PackageChoice {
  readonly modelId: string;
  readonly precision: StorageFormat;
  /** How the model was measured. */
  readonly own: StorageFormat;
  readonly name: string;
  readonly language: PackageLanguage;
  readonly platform: PackagePlatform | null;
}

interface Props {
  readonly choice: PackageChoice;
  readonly options: Output<'landing.packageOptions'>;
}

/** Name, precision, target system and language of the next package. */
export function OptionsCard({ choice, options }: Props) {
  const t = useT();
  return (
    <Card title={t('stage.landing.screen.package.options')} testId="landing-package-options">
      <div className="form-row">
        <Field label={t('stage.landing.screen.package.name')} hint={t('stage.landing.screen.package.nameHint')}>
          <Input
            className="form-wide"
            value={choice.name}
            maxLength={100}
            onChange={(event) => usePackage.setState({ name: event.target.value })}
            data-testid="landing-package-name"
          />
        </Field>
        <Field
          label={t('stage.landing.screen.package.precision')}
          hint={t('stage.landing.screen.package.precisionHint')}
        >
          <Segmented
            value={choice.precision}
            options={[...new Set<StorageFormat>(['float32', 'int8', choice.own])]}
            onChange={(value) => usePackage.setState({ precision: value })}
            data-testid="landing-package-precision"
          />
        </Field>
        <Field label={t('stage.landing.screen.package.platform')} hint={t('stage.landing.screen.package.platformHint')}>
          <Select
            className="package-platform"
            value={choice.platform}
            options={options.platforms.map((platform) => ({
              value: platform,
              label: platform === options.ownPlatform ? t('stage.landing.screen.package.own', { platform }) : platform,
            }))}
            onChange={(platform) => usePackage.setState({ platform })}
            aria-label={t('stage.landing.screen.package.platform')}
          />
        </Field>
        <Field label={t('stage.landing.screen.package.language')}>
          <Segmented
            value={choice.language}
            options={(['zh-CN', 'en'] as const).map((value) => ({
              value,
              label: t(`stage.landing.screen.package.languages.${value}`),
            }))}
            onChange={(value) => usePackage.setState({ language: value })}
          />
        </Field>
      </div>
      <p className="muted">
        <strong>{t('stage.landing.screen.package.contents')}</strong> {t('stage.landing.screen.package.contentsHint')}
      </p>
    </Card>
  );
}
