import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { aptInstall } from './apt-install.ts';
import { findChromium } from './chromium.ts';

const DRIVER = 'vk_swiftshader_icd.json';
/** Where the loader that leads to a Vulkan driver lies on Debian and its kin, and on others of the 64-bit kind. */
const LOADERS = ['/usr/lib/x86_64-linux-gnu/libvulkan.so.1', '/usr/lib64/libvulkan.so.1', '/usr/lib/libvulkan.so.1'];
const DRIVER_FOLDERS = ['/usr/lib/chromium', '/usr/lib64/chromium-browser', '/opt/google/chrome'];

/** For tests only: the software Vulkan driver that browsers of the Chromium family bring along, with the system's loader for it,
 *  which is fetched where it is missing. It lets WebGPU be tested without a graphics card. */
export function softwareVulkan(): { readonly driver: string } | { readonly problem: string } {
  if (process.platform !== 'linux') return { problem: 'the software Vulkan driver is looked for on Linux only' };
  const browser = findChromium();
  const folders = browser === null ? DRIVER_FOLDERS : [dirname(browser), ...DRIVER_FOLDERS];
  const driver = folders.map((folder) => join(folder, DRIVER)).find(existsSync);
  if (driver === undefined) return { problem: `no ${DRIVER} beside a browser: install the package chromium` };
  if (!LOADERS.some(existsSync)) aptInstall('libvulkan1');
  if (!LOADERS.some(existsSync)) return { problem: 'no libvulkan.so.1: install the package libvulkan1' };
  return { driver };
}
