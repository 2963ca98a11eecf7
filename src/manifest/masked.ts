import type { Finding } from '../findings/finding.ts';
import { MASK } from '../settings/display.ts';

/** The findings without the values of Secrets, nor any line, word or number of them, since a message may quote a part. */
export function masked<Any extends Finding>(findings: readonly Any[], secrets: readonly string[]): Any[] {
  const parts = secrets
    .flatMap((text) => [text.trim(), ...text.split(/[\s=;,]+/), ...(text.match(/\d+/g) ?? [])])
    .filter((part) => part !== '');
  if (parts.length === 0) return [...findings];
  const longestFirst = [...new Set(parts)].toSorted((a, b) => b.length - a.length);
  const pattern = new RegExp(longestFirst.map((part) => escaped(part)).join('|'), 'g');
  const hide = (text: string) => text.replaceAll(pattern, MASK);
  return findings.map((found) => ({ ...found, problem: hide(found.problem), remedy: hide(found.remedy) }));
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
