import { Button, Input, InputNumber, Select } from 'antd';
import { PERSONAL_DATA, type SolutionSettings } from '../../../../shared/stages/landing/solution/results.ts';
import { useT } from '../../../app/language.ts';

interface Props {
  readonly settings: SolutionSettings;
  readonly onChange: (part: Partial<SolutionSettings>) => void;
}

const MOST = 5;

/** Components, data sources, risks and assumptions, line by line. */
export function SolutionLists({ settings, onChange }: Props) {
  const t = useT();
  const { components, dataAccess, risks, assumptions } = settings;
  const drop = (remove: () => void) => (
    <Button type="link" danger size="small" onClick={remove}>
      {t('stage.landing.screen.solution.drop')}
    </Button>
  );
  const add = (insert: () => void) => (
    <Button size="small" onClick={insert}>
      {t('stage.landing.screen.solution.add')}
    </Button>
  );
  return (
    <>
      <div className="settings-part">
        <strong>{t('stage.landing.screen.solution.section.components')}</strong>
        {components.map((component, at) => {
          const set = (part: Partial<typeof component>) =>
            onChange({ components: components.map((other, index) => (index === at ? { ...other, ...part } : other)) });
          const usual = `stage.landing.screen.solution.component.default.${component.kind}` as const;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no id of their own and are edited in place.
            <div key={at} className="list-line list-line-five">
              <Input
                size="small"
                value={component.name}
                placeholder={t(`${usual}.name`)}
                onChange={({ target }) => set({ name: target.value })}
              />
              <Input
                size="small"
                value={component.what}
                placeholder={t(`${usual}.what`)}
                onChange={({ target }) => set({ what: target.value })}
              />
              <Input
                size="small"
                value={component.where}
                placeholder={t('stage.landing.screen.solution.component.where')}
                onChange={({ target }) => set({ where: target.value })}
              />
              <Input
                size="small"
                value={component.who}
                placeholder={t('stage.landing.screen.solution.component.who')}
                onChange={({ target }) => set({ who: target.value })}
              />
              {drop(() => onChange({ components: components.filter((_, index) => index !== at) }))}
            </div>
          );
        })}
        {add(() =>
          onChange({ components: [...components, { kind: 'other', name: '', what: '', where: '', who: '' }] }),
        )}
      </div>
      <div className="settings-part">
        <strong>{t('stage.landing.screen.solution.section.data')}</strong>
        {dataAccess.map((source, at) => {
          const set = (part: Partial<typeof source>) =>
            onChange({ dataAccess: dataAccess.map((other, index) => (index === at ? { ...other, ...part } : other)) });
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no id of their own and are edited in place.
            <div key={at} className="list-line list-line-five">
              <Input
                size="small"
                value={source.source}
                placeholder={t('stage.landing.screen.solution.form.source')}
                onChange={({ target }) => set({ source: target.value })}
              />
              <Input
                size="small"
                value={source.fields}
                placeholder={t('stage.landing.screen.solution.form.fields')}
                onChange={({ target }) => set({ fields: target.value })}
              />
              <Select
                size="small"
                value={source.personalData}
                aria-label={t('stage.landing.screen.solution.form.personalData')}
                options={PERSONAL_DATA.map((value) => ({
                  value,
                  label: t(`stage.landing.screen.solution.personalData.${value}`),
                }))}
                onChange={(personalData) => set({ personalData })}
              />
              <InputNumber
                size="small"
                min={0}
                value={source.retentionDays}
                placeholder={t('stage.landing.screen.solution.form.retention')}
                onChange={(retentionDays) => set({ retentionDays })}
              />
              {drop(() => onChange({ dataAccess: dataAccess.filter((_, index) => index !== at) }))}
            </div>
          );
        })}
        {add(() =>
          onChange({
            dataAccess: [...dataAccess, { source: '', fields: '', personalData: 'none', retentionDays: null }],
          }),
        )}
      </div>
      <div className="settings-part">
        <strong>{t('stage.landing.screen.solution.section.risks')}</strong>
        {risks.map((risk, at) => {
          const set = (part: Partial<typeof risk>) =>
            onChange({ risks: risks.map((other, index) => (index === at ? { ...other, ...part } : other)) });
          const { code } = risk;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no id of their own and are edited in place.
            <div key={at} className="list-line list-line-risk">
              <Input
                size="small"
                value={risk.name}
                placeholder={
                  code === null
                    ? t('stage.landing.screen.solution.risk.name')
                    : t(`stage.landing.screen.solution.line.risk.${code}`)
                }
                onChange={({ target }) => set({ name: target.value })}
              />
              {(['likelihood', 'impact'] as const).map((field) => (
                <InputNumber
                  key={field}
                  size="small"
                  min={1}
                  max={MOST}
                  value={risk[field]}
                  aria-label={t(`stage.landing.screen.solution.risk.${field}`)}
                  onChange={(value) => value !== null && set({ [field]: value })}
                />
              ))}
              <Input
                size="small"
                value={risk.mitigation}
                placeholder={
                  code === null
                    ? t('stage.landing.screen.solution.risk.mitigation')
                    : t(`stage.landing.screen.solution.mitigation.${code}`)
                }
                onChange={({ target }) => set({ mitigation: target.value })}
              />
              <Input
                size="small"
                value={risk.owner}
                placeholder={t('stage.landing.screen.solution.risk.owner')}
                onChange={({ target }) => set({ owner: target.value })}
              />
              {drop(() => onChange({ risks: risks.filter((_, index) => index !== at) }))}
            </div>
          );
        })}
        {add(() =>
          onChange({
            risks: [...risks, { code: null, name: '', likelihood: 3, impact: 3, mitigation: '', owner: '' }],
          }),
        )}
      </div>
      <div className="settings-part">
        <strong>{t('stage.landing.screen.solution.section.assumptions')}</strong>
        {assumptions.map((words, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no id of their own and are edited in place.
          <div key={at} className="list-line list-line-one">
            <Input
              size="small"
              value={words}
              aria-label={t('stage.landing.screen.solution.section.assumptions')}
              onChange={({ target }) =>
                onChange({ assumptions: assumptions.map((other, index) => (index === at ? target.value : other)) })
              }
            />
            {drop(() => onChange({ assumptions: assumptions.filter((_, index) => index !== at) }))}
          </div>
        ))}
        {add(() => onChange({ assumptions: [...assumptions, ''] }))}
      </div>
    </>
  );
}
