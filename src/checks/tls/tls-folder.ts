import { type Finding, finding } from '../../findings/finding.ts';
import { clientTlsOf, knowsTls, quorumTlsOf, tlsPairs, tlsStoresOf } from '../../settings/tls.ts';
import { formatRelease } from '../../zookeeper/release.ts';
import type { SettingFacts } from '../setting-facts.ts';

/** What the settings of TLS contradict, and what the mounted folders lack. */
export function folderFindings(facts: SettingFacts): Finding[] {
  const { podFiles, settings } = facts;
  const problems = (podFiles?.folders ?? []).flatMap((composed) => composed.problems);
  const seen = new Map(problems.map((each) => [`${each.path} ${each.problem}`, each]));
  return [
    ...contradictions(facts),
    ...[...seen.values()].map(({ path, problem, remedy, severity }) =>
      finding(severity === 'error' ? 'ZK-TLS-015' : 'ZK-TLS-018', { subject: path, problem, remedy }),
    ),
    ...(podFiles?.workDirIs === 'disk'
      ? [
          finding('ZK-TLS-019', {
            subject: 'ZK_TLS_WORK_DIR',
            problem: `is ${settings.tlsWorkDir}, which is not in memory: keys or passwords would lie on a disk`,
            remedy: 'leave it at /dev/shm/zk-entrypoint, or mount an emptyDir with medium: Memory there',
          }),
        ]
      : []),
  ];
}

function contradictions({ settings, distribution, given }: SettingFacts): Finding[] {
  const stores = tlsStoresOf(settings);
  const without = (['client', 'quorum'] as const).filter((side) => {
    const mode = side === 'client' ? clientTlsOf(settings) : quorumTlsOf(settings);
    return mode !== 'plain' && !stores.some((each) => each.side === side);
  });
  const release = distribution?.release;
  const conflicts = (given?.extraConfig ?? []).filter(([key]) =>
    tlsPairs(settings, release).some(([name]) => name === key),
  );
  return [
    ...without.map((side) => {
      const name = `ZK_${side.toUpperCase()}_TLS`;
      return finding('ZK-TLS-016', {
        subject: name,
        problem: `is ${side === 'client' ? clientTlsOf(settings) : quorumTlsOf(settings)}, and there are no certificates for it`,
        remedy: `set ZK_TLS_DIR or ${name}_DIR to the folder in which they are mounted`,
      });
    }),
    ...conflicts.map(([key]) =>
      finding('ZK-TLS-016', {
        subject: 'ZK_EXTRA_CONFIG',
        problem: `has ${key}, which ${stores[0]?.variable} already sets`,
        remedy: `remove it there, or remove the folder and write all keys of TLS by hand`,
      }),
    ),
    ...(stores.length > 0 && release !== undefined && !knowsTls(release)
      ? [
          finding('ZK-TLS-016', {
            subject: stores[0]?.variable ?? 'ZK_TLS_DIR',
            problem: `needs ZooKeeper 3.5.5 or later, and this is ${formatRelease(release)}`,
            remedy: 'use ZooKeeper 3.8 or 3.9, or leave it out',
          }),
        ]
      : []),
  ];
}
