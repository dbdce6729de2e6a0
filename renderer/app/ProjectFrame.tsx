import { ErrorNotice } from '../components/ErrorNotice.tsx';
import { EvidenceDrawer } from '../components/EvidenceDrawer.tsx';
import { Inspector } from '../components/Inspector.tsx';
import { BottomBar } from './BottomBar.tsx';
import { CommandPalette } from './CommandPalette.tsx';
import type { Place } from './navigation.ts';
import { useNavigation } from './navigation.ts';
import { AuditPage } from './pages/AuditPage.tsx';
import { DataPage } from './pages/DataPage.tsx';
import { GlossaryPage } from './pages/GlossaryPage.tsx';
import { HelpPage } from './pages/HelpPage.tsx';
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

/** The frame around every screen of an open project. */
export function ProjectFrame() {
  const place = useNavigation((state) => state.place);
  const { error } = useSession();
  return (
    <div className="frame">
      <SkipLink />
      <TopBar />
      <Rail />
      <main className="middle" tabIndex={-1} data-testid="middle">
        {error !== null && <ErrorNotice error={error} onClose={() => useSession.setState({ error: null })} />}
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
