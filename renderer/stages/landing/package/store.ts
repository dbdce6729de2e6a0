import { create } from 'zustand';
import type { PackageLanguage, PackagePlatform } from '../../../../shared/stages/landing/package/results.ts';
import type { StorageFormat } from '../../../../shared/train/storage.ts';
import { useSession } from '../../../app/session.ts';

interface PackageInput {
  readonly modelId: string | null;
  /** Null: the model's own. */
  readonly precision: StorageFormat | null;
  readonly name: string | null;
  readonly language: PackageLanguage | null;
  readonly platform: PackagePlatform | null;
  /** The package that is shown; null: the newest. */
  readonly shown: string | null;
  readonly allFiles: boolean;
}

const NOTHING_ENTERED: PackageInput = {
  modelId: null,
  precision: null,
  name: null,
  language: null,
  platform: null,
  shown: null,
  allFiles: false,
};

/** What was chosen for the next package; it outlives leaving the step, and ends with the project. */
export const usePackage = create<PackageInput>(() => NOTHING_ENTERED);

useSession.subscribe((now, before) => {
  if (now.projectId !== before.projectId) usePackage.setState(NOTHING_ENTERED);
});
