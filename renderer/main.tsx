import './without-eval.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { followFocus } from './app/focus.ts';
import { followVisits } from './app/guide.ts';
import { followHistory } from './app/navigation.ts';
import { guardPage } from './app/page-guard.ts';
import { startSession } from './app/session.ts';
import { followShortcuts } from './app/shortcuts.ts';
import { followUndo } from './app/undo.ts';
import { call, connectTransport } from './engine.ts';
import { createLoopbackTransport, takeToken } from './loopback-transport.ts';
import { createPortTransport, portsOfWindow } from './port-transport.ts';
import './theme/base.css';
import './theme/frame.css';
import './theme/components.css';
import './theme/pages.css';
import './theme/parts.css';
import './theme/help.css';
import { ThemeRoot } from './theme/ThemeRoot.tsx';
import { windowBridge } from './window/bridge.ts';
import { followWindow } from './window/commands.ts';

connectTransport(
  windowBridge === null ? createLoopbackTransport(takeToken()) : createPortTransport(windowBridge, portsOfWindow),
);
if (windowBridge !== null) followWindow(windowBridge);
guardPage((kind, what) => void call('app.reportRefusal', { kind, what }).catch(() => undefined));
followHistory();
followVisits();
followShortcuts();
followFocus();
followUndo();
void startSession();

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <ThemeRoot>
        <App />
      </ThemeRoot>
    </StrictMode>,
  );
}
