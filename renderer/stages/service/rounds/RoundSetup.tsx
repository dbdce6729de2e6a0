import { Button, Input, Select } from 'antd';
import type { Round } from '../../../../shared/stages/service/results.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { Field } from '../../../components/Field.tsx';
import { useCommand } from '../../../components/use-command.ts';
import type { Dataset } from '../../../components/use-datasets.ts';
import { useService } from '../store.ts';

interface Props {
  /** As saved. */
  readonly held: readonly Round[];
  readonly datasets: readonly Dataset[];
}

const SCORED = ['questionnaire', 'round', 'feedback', 'interview'] as const;

const isValid = (round: Round) =>
  round.name.trim() !== '' && /^\d{4}-\d{2}-\d{2}$/.test(round.date) && round.datasetIds.length > 0;

/** A round's id that no other has. */
function freeId(rounds: readonly Round[]): string {
  let number = rounds.length + 1;
  while (rounds.some(({ id }) => id === `r${number}`)) number += 1;
  return `r${number}`;
}

/** Which datasets make which feedback round. */
export function RoundSetup({ held, datasets }: Props) {
  const t = useT();
  const entered = useService((state) => state.rounds);
  const { send, busy, error, clear } = useCommand();
  const rounds = entered ?? held;
  const change = (changed: readonly Round[]) => useService.setState({ rounds: changed });
  const edit = (id: string, part: Partial<Round>) =>
    change(rounds.map((round) => (round.id === id ? { ...round, ...part } : round)));
  const options = datasets
    .filter(({ dataset }) => SCORED.some((kind) => kind === dataset.kind))
    .map(({ id, dataset: { name } }) => ({ value: id, label: name }));
  const valid = rounds.every(isValid);
  const save = async () => {
    if (await send('service.setRounds', { rounds: rounds.map((round) => ({ ...round })) })) {
      useService.setState({ rounds: null });
    }
  };
  return (
    <Card
      title={t('stage.service.screen.rounds.setup')}
      extra={
        entered !== null && (
          <>
            <span className="tag tag-attention">▲ {t('stage.service.screen.rounds.unsaved')}</span>
            <Button
              size="small"
              type="primary"
              disabled={!valid || busy}
              title={valid ? undefined : t('stage.service.screen.rounds.invalid')}
              onClick={() => void save()}
              data-testid="service-rounds-save"
            >
              {t('stage.service.screen.rounds.apply')}
            </Button>
          </>
        )
      }
      testId="service-rounds-setup"
    >
      {error !== null && <ErrorNotice error={error} onClose={clear} />}
      <p className="muted">{t('stage.service.screen.rounds.setupHint')}</p>
      {rounds.map((round) => (
        <div key={round.id} className="round-row" data-testid={`service-round-${round.id}`}>
          <Field label={t('stage.service.screen.rounds.name')}>
            <Input
              value={round.name}
              maxLength={200}
              onChange={({ target }) => edit(round.id, { name: target.value })}
            />
          </Field>
          <Field label={t('stage.service.screen.rounds.date')}>
            <Input type="date" value={round.date} onChange={({ target }) => edit(round.id, { date: target.value })} />
          </Field>
          <Field label={t('stage.service.screen.rounds.datasets')}>
            <Select
              mode="multiple"
              value={[...round.datasetIds]}
              options={options}
              onChange={(datasetIds: string[]) => edit(round.id, { datasetIds })}
            />
          </Field>
          <Button
            type="text"
            aria-label={`${t('stage.service.screen.rounds.remove')} ${round.name}`}
            title={t('stage.service.screen.rounds.remove')}
            onClick={() => change(rounds.filter(({ id }) => id !== round.id))}
          >
            ✕
          </Button>
        </div>
      ))}
      <Button
        size="small"
        type={rounds.length === 0 ? 'primary' : 'default'}
        onClick={() => {
          const used = new Set(rounds.flatMap(({ datasetIds }) => datasetIds));
          const free = options.find(({ value }) => !used.has(value));
          change([
            ...rounds,
            {
              id: freeId(rounds),
              name: t('stage.service.screen.rounds.defaultName', { number: rounds.length + 1 }),
              date: '',
              datasetIds: free === undefined ? [] : [free.value],
            },
          ]);
        }}
        data-testid="service-rounds-add"
      >
        + {t('stage.service.screen.rounds.add')}
      </Button>
    </Card>
  );
}
