import { fileURLToPath } from 'node:url';

/** The built program. */
export const entrypoint = fileURLToPath(new URL('../../bin/zk-entrypoint', import.meta.url));

/** Where Java and both releases are, as `scripts/torture/start` has found them. @throws when it was not used. */
export function homes(): { javaHome: string; zkHome: string; otherZkHome: string | undefined } {
  const { ZK_HOME: zkHome, JAVA_HOME: javaHome, ZK_OTHER_HOME } = process.env;
  if (!zkHome || !javaHome) throw new Error('ZK_HOME or JAVA_HOME is not set: npm run torture finds both');
  return { zkHome, javaHome, otherZkHome: ZK_OTHER_HOME || undefined };
}
