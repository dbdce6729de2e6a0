import { Arch, build, Platform } from 'electron-builder';
import { writeBuildFile } from './build-file.ts';
import { type BuilderOptions, builderConfig } from './electron-builder.config.ts';

const SYSTEM = { win32: Platform.WINDOWS, darwin: Platform.MAC, linux: Platform.LINUX } as const;

export interface PackOptions extends BuilderOptions {
  /** Only the application's folder, no archive or installer. */
  readonly folderOnly: boolean;
}

/** Packs what stands in `out` for a platform; resolves with the files made. @throws Error where a part is missing or electron-builder fails */
export async function pack({ folderOnly, ...options }: PackOptions): Promise<readonly string[]> {
  writeBuildFile(options.root, options.platform);
  const [system, processor] = options.platform.split('-') as [keyof typeof SYSTEM, 'x64' | 'arm64'];
  const targets = SYSTEM[system].createTarget(folderOnly ? ['dir'] : undefined, Arch[processor]);
  return build({ targets, projectDir: options.root, config: builderConfig(options), publish: 'never' });
}
