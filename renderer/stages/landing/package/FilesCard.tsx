import type { PackageResult } from '../../../../shared/stages/landing/package/results.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { NumberText } from '../../../components/NumberText.tsx';
import { usePackage } from './store.ts';

const HASH_SHOWN = 12;
/** What an engineer asks about first; runtime and licences come when asked for. */
const APART = /^(vendor|LICENSES|lib)\//;

/** Every file with size and hash. */
export function FilesCard({ result }: { readonly result: PackageResult }) {
  const t = useT();
  const all = usePackage((state) => state.allFiles);
  const files = all ? result.files : result.files.filter(({ path }) => !APART.test(path));
  return (
    <Card title={t('stage.landing.screen.package.files')} testId="landing-package-files">
      <p className="muted">{t('stage.landing.screen.package.filesHint', { count: result.files.length })}</p>
      <table className="figures-table package-files">
        <thead>
          <tr>
            <th scope="col">{t('stage.landing.screen.package.file')}</th>
            <th scope="col">{t('stage.landing.screen.package.bytes')}</th>
            <th scope="col">SHA-256</th>
          </tr>
        </thead>
        <tbody>
          {files.map(({ path, bytes, sha256 }) => (
            <tr key={path}>
              <th scope="row">
                <code>{path}</code>
              </th>
              <td>
                <NumberText value={bytes} />
              </td>
              <td>
                <code title={sha256}>{sha256.slice(0, HASH_SHOWN)}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <button type="button" className="link" onClick={() => usePackage.setState({ allFiles: !all })}>
        {all
          ? t('stage.landing.screen.package.fewFiles')
          : t('stage.landing.screen.package.allFiles', { count: result.files.length })}{' '}
        →
      </button>
    </Card>
  );
}
