import type { Finding } from '../findings/finding.ts';
import { withoutSecrets } from '../settings/mask.ts';

/** The findings without the values of Secrets, nor any line, word or number of them, since a message may quote a part. */
export function masked<Any extends Finding>(findings: readonly Any[], secrets: readonly string[]): Any[] {
  const hide = (text: string) => withoutSecrets(text, secrets);
  return findings.map((found) => ({ ...found, problem: hide(found.problem), remedy: hide(found.remedy) }));
}
