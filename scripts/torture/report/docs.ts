import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const BEGIN = '<!-- the latest run: npm run torture -- --docs -->';
const END = '<!-- end of the latest run -->';

/** Puts the table between the marks of docs/reliability.md, and the picture beside it. */
export function writeIntoDocs(parts: { table: string; heading: string; svg: string }): void {
  const document = inDocs('reliability.md');
  const [before = '', rest = ''] = readFileSync(document, 'utf8').split(BEGIN);
  const after = rest.split(END)[1] ?? '';
  const between = `\n\n${parts.heading}\n\n${parts.table}\n\n![writes per second and the faults](reliability.svg)\n\n`;
  writeFileSync(document, `${before}${BEGIN}${between}${END}${after}`);
  writeFileSync(inDocs('reliability.svg'), parts.svg);
}

function inDocs(name: string): string {
  return fileURLToPath(new URL(`../../../docs/${name}`, import.meta.url));
}
