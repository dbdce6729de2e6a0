import type { BuiltPackage } from '../../../../shared/stages/landing/contract.ts';
import { folderName } from '../../../../shared/stages/landing/package/folder-name.ts';
import { useLanguage, useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { JobButton } from '../../../components/JobButton.tsx';
import { NothingYet } from '../../../components/NothingYet.tsx';
import { StepPage } from '../../../components/StepPage.tsx';
import { useView } from '../../../components/use-view.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';
import { BuiltCard } from '../package/BuiltCard.tsx';
import { FilesCard } from '../package/FilesCard.tsx';
import { MarkdownText } from '../package/MarkdownText.tsx';
import { ModelChoice } from '../package/ModelChoice.tsx';
import { OptionsCard, type PackageChoice } from '../package/OptionsCard.tsx';
import { PackageList } from '../package/PackageList.tsx';
import { usePackage } from '../package/store.ts';
import '../package/package.css';

/** A model as a folder that a customer's engineer runs: built, tested elsewhere, then laid beside the project. */
export function PackageStep() {
  const t = useT();
  const language = useLanguage();
  const packages = useView('landing.packages', {}, ['landing.package', 'landing.packageCheck']);
  const options = useView('landing.packageOptions', {}, [
    'competitiveness.run',
    'competitiveness.compressed',
    'adaptation.model',
    'adaptation.tests',
  ]);
  const input = usePackage();
  const candidates = options.value?.candidates ?? [];
  if (options.value !== undefined && candidates.length === 0) {
    return (
      <NothingYet
        stage="landing"
        step="package"
        title={t('stage.landing.screen.package.noModel')}
        hint={t('stage.landing.screen.package.noModelHint')}
        go={{ stage: 'competitiveness', step: 'models', label: t('stage.landing.screen.package.goModels') }}
      />
    );
  }
  const list = [...(packages.value ?? [])].sort((a, b) =>
    a.built.artifact.createdAt < b.built.artifact.createdAt ? 1 : -1,
  );
  const shown = list.find(({ built }) => built.result.id === input.shown) ?? list[0];
  // What was tested for its use comes first, then what is small.
  const model =
    candidates.find(({ modelId }) => modelId === input.modelId) ??
    candidates.findLast(({ kind }) => kind === 'adapted') ??
    candidates.findLast(({ kind, gate }) => kind === 'compressed' && gate !== 'refused') ??
    candidates[0];
  const choice: PackageChoice = {
    modelId: model?.modelId ?? '',
    precision: input.precision ?? model?.precision ?? 'float32',
    own: model?.precision ?? 'float32',
    name: input.name ?? (model === undefined ? '' : `${model.name} ${model.modelId}`),
    language: input.language ?? language,
    platform: input.platform ?? options.value?.ownPlatform ?? options.value?.platforms[0] ?? null,
  };
  const missing =
    model === undefined
      ? t('stage.landing.screen.package.modelMissing')
      : choice.name.trim() === ''
        ? t('stage.landing.screen.package.nameMissing')
        : choice.platform === null
          ? t('stage.landing.screen.package.platformMissing')
          : null;
  const replaces = list.some(({ built }) => built.result.folder === folderName(choice.name));
  return (
    <StepPage
      stage="landing"
      step="package"
      action={
        options.value !== undefined &&
        packages.value !== undefined && (
          <JobButton
            request="landing.buildPackage"
            input={choice}
            slot={`landing.package:${packageId(list, choice.name)}`}
            label={t(`stage.landing.screen.package.${replaces ? 'rebuild' : 'build'}`)}
            primary
            missing={missing}
            onStarted={() => usePackage.setState({ shown: null })}
            testId="landing-package-build"
          />
        )
      }
      notice={
        <>
          <ViewNotice view={packages} />
          <ViewNotice view={options} />
        </>
      }
      explanation={
        shown !== undefined && (
          <>
            <Card title={t('stage.landing.screen.package.cardTitle')} testId="landing-package-card">
              <p className="muted">{t('stage.landing.screen.package.cardHint')}</p>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
              <section className="package-card" tabIndex={0} aria-label={shown.built.result.name}>
                <MarkdownText text={shown.built.result.card} />
              </section>
            </Card>
            <FilesCard result={shown.built.result} />
          </>
        )
      }
      controls={
        options.value !== undefined && (
          <>
            <ModelChoice candidates={candidates} chosen={choice.modelId} />
            <OptionsCard choice={choice} options={options.value} />
          </>
        )
      }
    >
      {packages.value?.length === 0 && (
        <Card>
          <EmptyState
            title={t('stage.landing.screen.package.none')}
            hint={t('stage.landing.screen.package.noneHint')}
            slot={`landing.package:${packageId(list, choice.name)}`}
          />
        </Card>
      )}
      {shown !== undefined && list.length > 1 && <PackageList packages={list} shown={shown.built.result.id} />}
      {shown !== undefined && <BuiltCard key={shown.built.result.id} view={shown} />}
    </StepPage>
  );
}

/** The id that the engine will give: that of the package with this folder, else the next number. */
function packageId(packages: readonly BuiltPackage[], name: string): string {
  const same = packages.find(({ built }) => built.result.folder === folderName(name));
  const numbers = packages.map(({ built }) => Number(built.result.id.slice(1)));
  return same?.built.result.id ?? `P${Math.max(0, ...numbers) + 1}`;
}
