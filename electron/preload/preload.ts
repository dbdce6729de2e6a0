import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { LINE_PORT, type LinePortMessage, type WindowBridge, type WindowCommand } from '../../shared/window/bridge.ts';
import { CHANNELS } from './channels.ts';

const bridge: WindowBridge = {
  call: (name, input) => ipcRenderer.invoke(CHANNELS.call, { name, input }),
  connect: (projectId, lineId) => ipcRenderer.invoke(CHANNELS.connect, { projectId, lineId }),
  async source(file) {
    // The page gives the file, never a path: it cannot name one that the person did not choose.
    const path = webUtils.getPathForFile(file);
    if (path !== '') return ipcRenderer.invoke(CHANNELS.sourcePath, { path });
    return ipcRenderer.invoke(CHANNELS.sourceBytes, { name: file.name, bytes: await file.arrayBuffer() });
  },
  chooseProject: () => ipcRenderer.invoke(CHANNELS.chooseProject, {}),
  chooseCopy: (name) => ipcRenderer.invoke(CHANNELS.chooseCopy, { name }),
  onLost(listener) {
    ipcRenderer.on(CHANNELS.lost, (_event, lineId: number) => listener(lineId));
  },
  onCommand(listener) {
    ipcRenderer.on(CHANNELS.command, (_event, command: WindowCommand) => listener(command));
    void ipcRenderer.invoke(CHANNELS.listening, {});
  },
};

contextBridge.exposeInMainWorld('workbench', bridge);

ipcRenderer.on(CHANNELS.line, (event, { projectId, lineId }: Omit<LinePortMessage, 'type'>) => {
  const message: LinePortMessage = { type: LINE_PORT, projectId, lineId };
  // To this same window, whose origin no navigation can change.
  window.postMessage(message, '*', event.ports);
});
