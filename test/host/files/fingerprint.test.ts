import { describe, expect, it } from 'vitest';
import { configFingerprint } from '../../../src/host/files/fingerprint.ts';

const plan = (zooCfg: string, args: readonly string[], logback = '') => ({
  files: [
    { path: '/conf/zoo.cfg', mode: 0o644, content: zooCfg, onlyIfAbsent: false },
    { path: '/conf/logback.xml', mode: 0o644, content: logback, onlyIfAbsent: false },
  ],
  java: { file: '/usr/bin/java', args },
});
const usual = plan('tickTime=2000\n', ['-Xmx1G', 'Main']);

describe('the fingerprint', () => {
  it('is twelve hexadecimal digits, and the same for the same', () => {
    expect(configFingerprint(usual)).toMatch(/^[0-9a-f]{12}$/);
    expect(configFingerprint(plan('tickTime=2000\n', ['-Xmx1G', 'Main']))).toBe(configFingerprint(usual));
  });

  it('does not tell members apart by their log files, which carry the id', () => {
    expect(configFingerprint(plan('tickTime=2000\n', ['-Xmx1G', 'Main'], '[myid:2]'))).toBe(
      configFingerprint(usual),
    );
  });

  it.each([
    ['a key of zoo.cfg', plan('tickTime=3000\n', ['-Xmx1G', 'Main'])],
    ['a flag of the JVM', plan('tickTime=2000\n', ['-Xmx2G', 'Main'])],
    ['where a flag ends', plan('tickTime=2000\n', ['-Xmx1GMain'])],
  ])('differs with %s', (_what, other) => {
    expect(configFingerprint(other)).not.toBe(configFingerprint(usual));
  });
});
