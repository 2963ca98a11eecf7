import { visible } from '../text/visible.ts';

/** A piece of HTML that was made here: what goes into it from outside was escaped. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = Html | string | number | readonly Html[] | undefined;

/** More of one text than a person reads. */
const LONGEST = 2_000;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Any text, safe between tags and in a quoted attribute. Hidden characters are shown as escapes. */
export function escapeHtml(text: string): string {
  return visible(text, LONGEST).replace(/[&<>"']/g, (found) => ENTITIES[found] ?? '');
}

/** A template whose values are escaped, all but those that are HTML already; undefined is nothing. */
export function html(pieces: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(pieces.map((piece, place) => piece + written(parts[place])).join(''));
}

function written(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Html) return part.text;
  return typeof part === 'object' ? part.map(({ text }) => text).join('') : escapeHtml(String(part));
}
