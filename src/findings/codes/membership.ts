import { ADMIN, type CodeRow } from './row.ts';

const RECONFIG = 'https://zookeeper.apache.org/doc/current/zookeeperReconfig.html';

/** What can be wrong where the ensemble itself decides on its members (ZK_MEMBERSHIP=dynamic). */
export const membershipCodes = {
  'ZK-MEMBERSHIP-001': {
    severity: 'error',
    meaning: 'The membership is to be dynamic, and this ZooKeeper cannot change its members while it serves.',
    remedy: 'Use ZooKeeper 3.8 or 3.9, or set ZK_MEMBERSHIP=static.',
    link: RECONFIG,
  },
  'ZK-MEMBERSHIP-002': {
    severity: 'error',
    meaning: 'A setting stands against what a dynamic membership needs, or gives its rights to everybody.',
    remedy:
      'Remove it. The supervisor of each member has a super user of its own, which is another one at each start; groups and weights cannot be changed member by member.',
    link: `${RECONFIG}#sec_reconfig_access_control`,
  },
  'ZK-MEMBERSHIP-003': {
    severity: 'error',
    meaning:
      'The client address of this member cannot stand in a configuration that all members share: a commit makes each server listen where the configuration says.',
    remedy: 'Leave ZK_CLIENT_ADDRESS out, or give the same address to all members: 127.0.0.1, or 0.0.0.0.',
    link: `${RECONFIG}#sc_reconfig_clientport`,
  },
  'ZK-MEMBERSHIP-004': {
    severity: 'error',
    meaning:
      'The list of the settings is to rule, but the ensemble has committed other members: both could have a leader, and acknowledged writes would be lost.',
    remedy:
      'Set ZK_MEMBERSHIP=dynamic. To go back to a list, first make the two the same: zk-entrypoint scale, or ZK_REPLICAS and ZK_ENSEMBLE.',
    link: RECONFIG,
  },
  'ZK-MEMBERSHIP-005': {
    severity: 'warning',
    meaning:
      'The settings have another address or port for this member than the committed configuration, which counts.',
    remedy:
      'Set the address and the ports back. To change them, remove the member (zk-entrypoint scale), and let it join again.',
    link: RECONFIG,
  },
  'ZK-MEMBERSHIP-006': {
    severity: 'error',
    meaning: 'The committed configuration on the volume cannot be read, or has what cannot be followed.',
    remedy:
      'Groups, weights and members with several addresses need ZK_MEMBERSHIP=static. A damaged file: copy it from a member that serves, or give this member an empty volume and let it join again.',
    link: RECONFIG,
  },
  'ZK-MEMBERSHIP-007': {
    severity: 'note',
    meaning: 'This member is in no committed configuration that is known, and waits until it can join.',
    remedy:
      'Start the members that serve, or those of the first list. A member that was removed never votes by itself again.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
} as const satisfies Readonly<Record<string, CodeRow>>;
