import { type Finding, finding } from '../findings/finding.ts';
import { isKnownTo } from '../zookeeper/keys.ts';
import { formatRelease } from '../zookeeper/release.ts';
import { isTrue, property, written } from './keys-in-effect.ts';
import type { SettingFacts } from './setting-facts.ts';

/** What a dynamic membership needs of the release and of the other settings. */
export function membershipFindings(facts: SettingFacts): Finding[] {
  if (facts.settings.membership !== 'dynamic') return [];
  return [...releaseFindings(facts), ...againstIt(facts), ...addressFindings(facts)];
}

function releaseFindings({ distribution }: SettingFacts): Finding[] {
  // ZOOKEEPER-2014: without this key a release changes its members for everybody, or not at all.
  if (distribution === undefined || isKnownTo(distribution.release, 'reconfigEnabled')) return [];
  return [
    finding('ZK-MEMBERSHIP-001', {
      subject: 'ZK_MEMBERSHIP',
      problem: `is dynamic, but ZooKeeper ${formatRelease(distribution.release)} cannot change its members while it serves`,
      remedy: 'use ZooKeeper 3.8 or 3.9, or set ZK_MEMBERSHIP=static',
    }),
  ];
}

const SUPER_DIGEST = 'DigestAuthenticationProvider.superDigest';

function againstIt(facts: SettingFacts): Finding[] {
  const keys = facts.settings.extraConfig
    .map(([key]) => key)
    .filter((key) => /^(group|weight)\.\d+$/.test(key));
  const off = (key: string, wanted: boolean) => {
    const given = written(facts, key);
    return given !== undefined && isTrue(given) !== wanted ? [key] : [];
  };
  const ofConfig = [
    ...keys,
    ...off('reconfigEnabled', true),
    ...off('standaloneEnabled', false),
    ...(written(facts, 'dynamicConfigFile') === undefined ? [] : ['dynamicConfigFile']),
  ].map((key) => ({ subject: 'ZK_EXTRA_CONFIG', key }));
  const superDigest = property(facts, SUPER_DIGEST);
  const acl = property(facts, 'skipACL');
  return [
    ...ofConfig,
    ...(superDigest === undefined ? [] : [{ subject: superDigest.subject, key: SUPER_DIGEST }]),
    ...(acl?.value === 'yes' ? [{ subject: acl.subject, key: 'skipACL' }] : []),
  ].map(({ subject, key }) =>
    finding('ZK-MEMBERSHIP-002', {
      subject,
      problem: `has ${key}, which a dynamic membership decides itself`,
      remedy: 'remove it, or set ZK_MEMBERSHIP=static',
    }),
  );
}

const SHARED = /^(0\.0\.0\.0|::|::1|127\.\d+\.\d+\.\d+)$/;

function addressFindings({ settings, ensemble }: SettingFacts): Finding[] {
  const { clientAddress } = settings;
  if (clientAddress === undefined || ensemble === undefined || SHARED.test(clientAddress)) return [];
  if (clientAddress === ensemble.self.host) return [];
  return [
    finding('ZK-MEMBERSHIP-003', {
      subject: 'ZK_CLIENT_ADDRESS',
      problem: `is ${clientAddress}, and with a dynamic membership all members would get this address`,
      remedy: 'leave it out, or set 127.0.0.1 or 0.0.0.0 for all members',
    }),
  ];
}
