import { ErrorNotice } from '../components/ErrorNotice.tsx';
import { EvidenceDrawer } from '../components/EvidenceDrawer.tsx';
import { Inspector } from '../components/Inspector.tsx';
import { BottomBar } from './BottomBar.tsx';
import { CommandPalette } from './CommandPalette.tsx';
import { LockScreen } from './LockScreen.tsx';
import type { Place } from './navigation.ts';
import { useNavigation } from './navigation.ts';
import { PasswordPrompt } from './PasswordPrompt.tsx';
import { AuditPage } from './pages/AuditPage.tsx';
import { DataPage } from './pages/DataPage.tsx';
import { GlossaryPage } from './pages/GlossaryPage.tsx';
import { HelpPage } from './pages/HelpPage.tsx';
import { HomePage } from './pages/HomePage.tsx';
import { JobsPage } from './pages/JobsPage.tsx';
import { OfflinePage } from './pages/OfflinePage.tsx';
import { ProjectMapPage } from './pages/ProjectMapPage.tsx';
import { ReportsPage } from './pages/ReportsPage.tsx';
import { SettingsPage } from './pages/SettingsPage.tsx';
import { Rail } from './Rail.tsx';
import { ReadOnlyBanner } from './ReadOnlyBanner.tsx';
import { RecomputeBanner } from './RecomputeBanner.tsx';
import { ShortcutOverlay } from './ShortcutList.tsx';
import { SkipLink } from './SkipLink.tsx';
import { useSession } from './session.ts';
import { StageWizard } from './stage-wizards.tsx';
import { TopBar } from './TopBar.tsx';
import { TourPanel } from './tour/TourPanel.tsx';

function Page({ place }: { readonly place: Place }) {
  switch (place.type) {
    case 'step':
      return <StageWizard key={`${place.stage} ${place.step}`} stage={place.stage} step={place.step} />;
    case 'data':
      return <DataPage />;
    case 'jobs':
      return <JobsPage />;
    case 'reports':
      return <ReportsPage />;
    case 'audit':
      return <AuditPage />;
    case 'settings':
      return <SettingsPage />;
    case 'help':
      return <HelpPage />;
    case 'glossary':
      return <GlossaryPage term={place.term} />;
    case 'offline':
      return <OfflinePage />;
    case 'home':
    case 'map':
      return <ProjectMapPage />;
  }
}

/** What can be shown while no project is open. */
function HomePlace({ place }: { readonly place: Place }) {
  switch (place.type) {
    case 'settings':
    case 'offline':
    case 'help':
    case 'glossary':
      return <Page place={place} />;
    default:
      return <HomePage />;
  }
}

/** The frame, the same on every screen; the list of projects where none is open. */
export function App() {
  const place = useNavigation((state) => state.place);
  const { projectId, locked, error } = useSession();
  const closeError = () => useSession.setState({ error: null });
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
    <div className="frame">
      <SkipLink />
      <TopBar />
      <Rail />
      <main className="middle" tabIndex={-1} data-testid="middle">
        {error !== null && <ErrorNotice error={error} onClose={closeError} />}
        <ReadOnlyBanner />
        <RecomputeBanner />
        <Page place={place} />
      </main>
      <Inspector />
      <TourPanel />
      <BottomBar />
      <CommandPalette />
      <ShortcutOverlay />
      <EvidenceDrawer />
    </div>
  );
}
