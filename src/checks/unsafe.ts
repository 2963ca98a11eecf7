import { type Finding, finding } from '../findings/finding.ts';
import { isTrue, property, written } from './keys-in-effect.ts';
import type { SettingFacts } from './setting-facts.ts';

/** Keys that take away what ZooKeeper promises: durability, access control, one list of members. */
export function unsafeFindings(facts: SettingFacts): Finding[] {
  return [
    ...forceSyncFindings(facts),
    ...logSyncFindings(facts),
    ...skipAclFindings(facts),
    ...reconfigFindings(facts),
    ...extendedTypeFindings(facts),
  ];
}

function forceSyncFindings(facts: SettingFacts): Finding[] {
  const given = property(facts, 'forceSync');
  if (given?.value !== 'no') return [];
  return [
    finding('ZK-CONFIG-003', {
      subject: given.subject,
      problem: 'forceSync is no, so a power failure can lose acknowledged writes',
      remedy: 'remove it',
    }),
  ];
}

/** ZKDatabase.isTxnLogSyncEnabled: below 0 it is off. */
function logSyncFindings(facts: SettingFacts): Finding[] {
  const given = property(facts, 'snapshotSizeFactor');
  const isAlone = (facts.ensemble?.members.length ?? 0) < 2 && facts.settings.membership === 'static';
  if (given === undefined || isAlone || Number(given.value) < 0) return [];
  return [
    finding('ZK-CONFIG-016', {
      subject: given.subject,
      problem: `snapshotSizeFactor is ${given.value}, so a leader may bring a member up to date from a log with a gap; that member then lacks acknowledged writes`,
      remedy: 'remove it',
    }),
  ];
}

function skipAclFindings(facts: SettingFacts): Finding[] {
  const given = property(facts, 'skipACL');
  if (given?.value !== 'yes') return [];
  return [
    finding('ZK-CONFIG-004', {
      subject: given.subject,
      problem: 'skipACL is yes, so everybody who reaches the client port can read and change all data',
      remedy: 'remove it',
    }),
  ];
}

/** zoo.cfg is written anew at every start, with the members of the settings: what reconfig changed would be undone. */
function reconfigFindings(facts: SettingFacts): Finding[] {
  // There it is wanted, or checks/membership.ts refuses it.
  if (facts.settings.membership === 'dynamic') return [];
  const file = written(facts, 'dynamicConfigFile');
  if (!isTrue(written(facts, 'reconfigEnabled')) && file === undefined) return [];
  const what = file === undefined ? 'reconfigEnabled is true' : `dynamicConfigFile is ${file.value}`;
  return [
    finding('ZK-CONFIG-005', {
      subject: 'ZK_EXTRA_CONFIG',
      problem: `${what}, but every start writes the members of the settings again, and members with the old list could form a quorum of their own`,
      remedy:
        'remove it, and set ZK_MEMBERSHIP=dynamic for members that change while the ensemble serves; else change ZK_REPLICAS or ZK_ENSEMBLE and restart the members one by one',
    }),
  ];
}

/** EphemeralType takes the highest byte of the owner, where the id stands, for its own mark. */
function extendedTypeFindings(facts: SettingFacts): Finding[] {
  const given = property(facts, 'extendedTypesEnabled');
  const member = facts.ensemble?.members.find(({ id }) => id >= 255);
  if (member === undefined || given === undefined || !isTrue(given)) return [];
  return [
    finding('ZK-CONFIG-007', {
      subject: given.subject,
      problem: `extendedTypesEnabled is true, and member ${member.id} (${member.host}) has an id that the encoding of TTL nodes needs`,
      remedy: 'give every member an id below 255, or leave it out',
    }),
  ];
}
