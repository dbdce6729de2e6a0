/** Every channel between page and window. */
export const CHANNELS = {
  call: 'workbench:call',
  connect: 'workbench:connect',
  sourcePath: 'workbench:source-path',
  sourceBytes: 'workbench:source-bytes',
  chooseProject: 'workbench:choose-project',
  chooseCopy: 'workbench:choose-copy',
  listening: 'workbench:listening',
  /** Window to page. */
  command: 'workbench:command',
  line: 'workbench:line',
  lost: 'workbench:lost',
} as const;
