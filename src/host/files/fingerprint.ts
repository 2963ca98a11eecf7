import type { Plan } from '../../render/plan.ts';

const DIGITS = 12;

/**
 * Twelve hexadecimal digits of what the JVM is started with: zoo.cfg and its flags. Members whose fingerprints differ are
 * configured differently. It takes the masked plan, because a secret could be guessed from its digest.
 */
export function configFingerprint({ files, java }: Pick<Plan, 'files' | 'java'>): string {
  // It loads slowly, and is not needed before the JVM runs.
  const hash = process.getBuiltinModule('node:crypto').createHash('sha256');
  for (const { path, content } of files) if (path.endsWith('/zoo.cfg')) hash.update(content);
  hash.update(java.args.join('\0'));
  return hash.digest('hex').slice(0, DIGITS);
}
