/** An absolute path as the file URL that log4j insists on. */
export function pathToFileUrl(path: string): string {
  return `file:${path.split('/').map(encodeURIComponent).join('/')}`;
}
