/** What the product is packed for. Named as Node names them; macOS on Intel has no ONNX Runtime any more. */
export const PLATFORMS = ['win32-x64', 'darwin-arm64', 'linux-x64'] as const;
export type PackagedPlatform = (typeof PLATFORMS)[number];

/** The platform of this machine; null where nothing is packed for it. */
export function platformHere(): PackagedPlatform | null {
  const here = `${process.platform}-${process.arch}`;
  return PLATFORMS.find((platform) => platform === here) ?? null;
}
