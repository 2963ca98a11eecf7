import { shellWord } from '../render/java-env.ts';
import type { Plan } from '../render/plan.ts';
import { visible } from '../text/visible.ts';

/** Every file under a line with its path and mode, then the java command as a shell would take it. */
export function planAsText({ files, java }: Plan): string {
  const sections = files.map(
    ({ path, mode, content }) => `=== ${visible(path)} (mode ${octal(mode)})\n${content}`,
  );
  const words = [java.file, ...java.args].map(shellWord);
  return [
    ...sections,
    `=== java command\n${words.map((word) => visible(word, Number.POSITIVE_INFINITY)).join(' \\\n  ')}`,
  ].join('\n');
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}
