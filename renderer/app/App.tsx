import { lazy, Suspense, useEffect } from 'react';
import { ErrorNotice } from '../components/ErrorNotice.tsx';
import { LockScreen } from './LockScreen.tsx';
import type { Place } from './navigation.ts';
import { useNavigation } from './navigation.ts';
import { PasswordPrompt } from './PasswordPrompt.tsx';
import { GlossaryPage } from './pages/GlossaryPage.tsx';
import { HelpPage } from './pages/HelpPage.tsx';
import { HomePage } from './pages/HomePage.tsx';
import { OfflinePage } from './pages/OfflinePage.tsx';
import { SettingsPage } from './pages/SettingsPage.tsx';
import { ShortcutOverlay } from './ShortcutList.tsx';
import { SkipLink } from './SkipLink.tsx';
import { useSession } from './session.ts';
import { TopBar } from './TopBar.tsx';
import { TourPanel } from './tour/TourPanel.tsx';

/** The screens of an open project: most of the program, which the list of projects does not wait for. */
const loadProjectFrame = () => import('./ProjectFrame.tsx');
const ProjectFrame = lazy(() => loadProjectFrame().then((module) => ({ default: module.ProjectFrame })));

/** What can be shown while no project is open. */
function HomePlace({ place }: { readonly place: Place }) {
  switch (place.type) {
    case 'settings':
      return <SettingsPage />;
    case 'offline':
      return <OfflinePage />;
    case 'help':
      return <HelpPage />;
    case 'glossary':
      return <GlossaryPage term={place.term} />;
    default:
      return <HomePage />;
  }
}

/** The list of projects, or the open one. */
export function App() {
  const place = useNavigation((state) => state.place);
  const { projectId, locked, error } = useSession();
  const closeError = () => useSession.setState({ error: null });
  useEffect(() => {
    void loadProjectFrame();
  }, []);
  if (locked) {
    return (
      <div className="frame frame-home">
        <TopBar />
        <LockScreen />
      </div>
    );
  }
  if (projectId === null) {
    return (
      <div className="frame frame-home">
        <SkipLink />
        <TopBar />
        <main className="middle" tabIndex={-1}>
          {error !== null && <ErrorNotice error={error} onClose={closeError} />}
          <HomePlace place={place} />
        </main>
        <TourPanel />
        <ShortcutOverlay />
        <PasswordPrompt />
      </div>
    );
  }
  return (
    <Suspense fallback={null}>
      <ProjectFrame />
    </Suspense>
  );
}
