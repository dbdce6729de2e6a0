const NAME_LENGTH = 200;

/** What data from a file is called until somebody names it: the file's name without its ending. */
export function nameOfFile(fileName: string): string {
  return fileName.replace(/\.[a-z0-9]{1,6}$/i, '').slice(0, NAME_LENGTH) || fileName;
}

/** The chosen folder's name, and the place of the file within it. */
export function placeInFolder(file: File): { readonly folder: string; readonly path: string } {
  const [folder = '', ...rest] = file.webkitRelativePath.split('/');
  return { folder, path: rest.join('/') };
}
