import { Modal } from 'antd';
import { useEffect, useId, useMemo, useState } from 'react';
import type { SearchType } from '../../shared/contract/project.ts';
import { STAGE_IDS, type StageId } from '../../shared/contract/stage.ts';
import { GLOSSARY_TERMS } from '../../shared/help/glossary.ts';
import type { Translate } from '../../shared/i18n/translate.ts';
import { slotName } from '../components/artifact-name.ts';
import { wordsOf } from '../components/gloss.ts';
import { useView } from '../components/use-view.ts';
import { call } from '../engine.ts';
import { tour } from './guide.ts';
import { inspect, useInspector } from './inspector.ts';
import { useT } from './language.ts';
import { goToStep, type PageName, type Place, useNavigation } from './navigation.ts';
import { usePalette } from './palette-state.ts';
import { changeSettings, lockProject, useSession } from './session.ts';
import { STAGE_STEPS, stepTitleKey } from './stage-steps.ts';
import { redoLast, undoLast } from './undo.ts';

interface Choice {
  readonly id: string;
  readonly title: string;
  readonly type: string;
  run(): void;
}

const SEARCH_AFTER_MS = 150;
const MOST_RESULTS = 20;
const MOST_COMMANDS = 9;
const MOST_TERMS = 6;

function commandsOf(t: Translate): readonly Choice[] {
  const go = (place: Place) => () => useNavigation.getState().go(place);
  const page = (type: PageName, name: string): Choice => ({
    id: `page ${type}`,
    title: t('palette.go', { place: name }),
    type: '',
    run: go({ type }),
  });
  return [
    page('map', t('rail.map')),
    ...STAGE_IDS.flatMap((stage) =>
      STAGE_STEPS[stage].map((step) => ({
        id: `step ${stage} ${step}`,
        title: t('palette.go', { place: `${t(`stage.${stage}.name`)} › ${t(stepTitleKey(stage, step))}` }),
        type: '',
        run: () => goToStep(stage, step),
      })),
    ),
    page('data', t('rail.data')),
    page('jobs', t('rail.runs')),
    page('reports', t('rail.reports')),
    page('audit', t('rail.audit')),
    page('settings', t('settings.title')),
    page('help', t('help.title')),
    {
      id: 'tour',
      title: t('tour.start'),
      type: '',
      run: tour.start,
    },
    { id: 'shortcuts', title: t('shortcut.title'), type: '', run: () => usePalette.getState().show('shortcuts') },
    { id: 'undo', title: t('undo.command'), type: '', run: undoLast },
    { id: 'redo', title: t('undo.commandRedo'), type: '', run: redoLast },
    page('offline', t('offline.title')),
    {
      id: 'theme',
      title: t('palette.theme'),
      type: '',
      run: () => {
        const isDark = document.documentElement.dataset.theme === 'dark';
        void changeSettings({ theme: isDark ? 'light' : 'dark' });
      },
    },
    {
      id: 'language',
      title: t('palette.language'),
      type: '',
      run: () => void changeSettings({ language: useSession.getState().settings.language === 'en' ? 'zh-CN' : 'en' }),
    },
    ...(useSession.getState().overview?.project.encrypted === true
      ? [{ id: 'lock', title: t('lock.now'), type: '', run: () => void lockProject() }]
      : []),
    {
      id: 'recompute',
      title: t('palette.recompute'),
      type: '',
      run: () => void call('project.recompute', { includeTraining: false }).catch(() => go({ type: 'map' })()),
    },
  ];
}

/** The glossary's words, found by any of their names. */
function termsOf(t: Translate): readonly Choice[] {
  return GLOSSARY_TERMS.map((term) => ({
    id: `term ${term}`,
    title: wordsOf(t, term).join(t('list.separator')),
    type: t('help.glossary.title'),
    run: () => useNavigation.getState().go({ type: 'glossary', term }),
  }));
}

/** Where a found thing is shown, and the artifact that it opens in the inspector. */
const PLACE_OF_RESULT = {
  need: { stage: 'demand', step: 'needs', slot: () => 'demand.needs' },
  topic: { stage: 'demand', step: 'topics', slot: () => 'demand.topics' },
  run: {
    stage: 'competitiveness',
    step: 'models',
    slot: (id) => `competitiveness.${id.startsWith('C') ? 'compressed' : id.startsWith('H') ? 'taskRun' : 'run'}:${id}`,
  },
  experiment: { stage: 'competitiveness', step: 'experiments', slot: (id) => `competitiveness.experiment:${id}` },
  usability: { stage: 'competitiveness', step: 'experiments', slot: (id) => `competitiveness.usability:${id}` },
  scenario: { stage: 'adaptation', step: 'scenarios', slot: (id) => `adaptation.scenario:${id}` },
  adapted: { stage: 'adaptation', step: 'recipe', slot: (id) => `adaptation.model:${id}` },
  goal: { stage: 'landing', step: 'goals', slot: (id) => `landing.goal:${id}` },
  package: { stage: 'landing', step: 'package', slot: (id) => `landing.package:${id}` },
  round: { stage: 'service', step: 'rounds', slot: () => 'service.rounds' },
} as const satisfies Record<
  Exclude<SearchType, 'row'>,
  { readonly stage: StageId; readonly step: string; readonly slot: (id: string) => string }
>;

function openResult(t: Translate, type: SearchType, id: string, title: string): void {
  if (type === 'row') {
    const [datasetId = id, row] = id.split('/');
    const ref = { type: 'dataset', datasetId } as const;
    useInspector.getState().showEvidence({
      title: slotName(t, `demand.dataset:${datasetId}`),
      ref,
      ...(row === undefined ? {} : { startAt: Number(row) }),
    });
    return;
  }
  const { stage, step, slot } = PLACE_OF_RESULT[type];
  goToStep(stage, type === 'run' && id.startsWith('C') ? 'compression' : step);
  inspect({
    title,
    slot: slot(id),
    ...(type === 'need' ? { ref: { type, needId: id, segment: null } } : {}),
    ...(type === 'topic' ? { ref: { type, topicId: id } } : {}),
  });
}

function PaletteBody() {
  const t = useT();
  const listId = useId();
  const [typed, setTyped] = useState('');
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  useEffect(() => {
    const timer = setTimeout(() => setText(typed.trim()), SEARCH_AFTER_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const { value: found } = useView('project.search', text === '' ? null : { text, limit: MOST_RESULTS });

  const choices = useMemo((): readonly Choice[] => {
    const wanted = typed.trim().toLowerCase();
    const isWanted = ({ title }: Choice) => title.toLowerCase().includes(wanted);
    const commands = commandsOf(t).filter(isWanted);
    const results = (found ?? []).map(({ type, id, title }) => ({
      id: `${type} ${id}`,
      title,
      type: t(`palette.type.${type}`),
      run: () => openResult(t, type, id, title),
    }));
    if (wanted === '') return commands;
    return [...results, ...commands.slice(0, MOST_COMMANDS), ...termsOf(t).filter(isWanted).slice(0, MOST_TERMS)];
  }, [t, typed, found]);
  const chosen = Math.min(active, choices.length - 1);
  const pick = (choice: Choice | undefined) => {
    if (choice === undefined) return;
    usePalette.getState().show(null);
    choice.run();
  };

  return (
    <div className="palette" data-testid="palette">
      <input
        // biome-ignore lint/a11y/noAutofocus: the palette opens to be typed into.
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={choices.length === 0 ? undefined : `${listId}-${chosen}`}
        aria-label={t('palette.title')}
        placeholder={t('palette.placeholder')}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setActive(0);
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'ArrowDown') setActive(Math.min(choices.length - 1, chosen + 1));
          else if (event.key === 'ArrowUp') setActive(Math.max(0, chosen - 1));
          else if (event.key === 'Enter') pick(choices[chosen]);
          else return;
          event.preventDefault();
        }}
      />
      {choices.length === 0 ? (
        <p className="muted palette-none">{t('palette.none', { text: typed.trim() })}</p>
      ) : (
        <div id={listId} role="listbox" aria-label={t('palette.title')} className="palette-list">
          {choices.map((choice, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the field, which keeps the focus.
            <div
              key={choice.id}
              id={`${listId}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === chosen}
              ref={index === chosen ? (element) => element?.scrollIntoView({ block: 'nearest' }) : undefined}
              onClick={() => pick(choice)}
            >
              {choice.type !== '' && <span className="tag">{choice.type}</span>}
              <span className="palette-title">{choice.title}</span>
            </div>
          ))}
        </div>
      )}
    </div>
  );
}

/** Everything in the project and every page, one key press away. */
export function CommandPalette() {
  const t = useT();
  const { open, show } = usePalette();
  return (
    <Modal
      open={open === 'palette'}
      onCancel={() => show(null)}
      footer={null}
      title={t('palette.title')}
      closable={false}
      destroyOnHidden
      width={600}
      style={{ top: 72 }}
    >
      <PaletteBody />
    </Modal>
  );
}
