import type { WindowBridge, WindowCommand } from '../../shared/window/bridge.ts';
import { useNavigation } from '../app/navigation.ts';
import { asAppError, closeProject, enterOpened, lockProject, openProjectFile, useSession } from '../app/session.ts';
import { call } from '../engine.ts';

async function carryOut(command: WindowCommand): Promise<void> {
  const { projectId } = useSession.getState();
  switch (command.type) {
    case 'open':
      await openProjectFile(command.path);
      break;
    case 'create':
      await enterOpened(
        call('app.createProject', { name: command.name, customer: '', period: '', path: command.path }),
      );
      break;
    case 'close':
      if (projectId !== null) await closeProject();
      break;
    case 'lock':
      await lockProject();
      break;
    case 'show':
      // Without a project there is nothing but the list of projects and the settings.
      if (projectId !== null || command.page === 'settings') useNavigation.getState().go({ type: command.page });
      break;
    case 'settings':
      useSession.setState({ settings: command.settings });
      break;
  }
}

/** Does what the menus of the window ask for. */
export function followWindow(bridge: WindowBridge): void {
  bridge.onCommand((command) => {
    carryOut(command).catch((error: unknown) => useSession.setState({ error: asAppError(error) }));
  });
}
