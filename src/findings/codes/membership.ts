import { ADMIN, type CodeRow } from './row.ts';

const RECONFIG = 'https://zookeeper.apache.org/doc/current/zookeeperReconfig.html';

/** Problems where the ensemble itself decides on its members (ZK_MEMBERSHIP=dynamic). */
export const membershipCodes = {
  'ZK-MEMBERSHIP-001': {
    severity: 'error',
    meaning: 'ZK_MEMBERSHIP is dynamic, but this ZooKeeper cannot change its members while it serves.',
    remedy: 'Use ZooKeeper 3.8 or 3.9, or set ZK_MEMBERSHIP=static.',
    link: RECONFIG,
  },
  'ZK-MEMBERSHIP-002': {
    severity: 'error',
    meaning: 'A setting contradicts the dynamic membership, or lets everybody change the members.',
    remedy:
      'Remove the setting. The supervisor of each member makes a new super user at each start. Groups and weights cannot be changed member by member.',
    link: `${RECONFIG}#sec_reconfig_access_control`,
  },
  'ZK-MEMBERSHIP-003': {
    severity: 'error',
    meaning:
      'The client address of this member cannot be part of a configuration that all members share. After a commit, each server listens at the address in the configuration.',
    remedy: 'Leave ZK_CLIENT_ADDRESS out, or give the same address to all members: 127.0.0.1, or 0.0.0.0.',
    link: `${RECONFIG}#sc_reconfig_clientport`,
  },
  'ZK-MEMBERSHIP-004': {
    severity: 'error',
    meaning:
      'ZK_MEMBERSHIP is static, but the ensemble has committed other members than the settings list. Each list could elect a leader, and acknowledged writes would be lost.',
    remedy:
      'Set ZK_MEMBERSHIP=dynamic. To go back to a static list, first make both lists equal with zk-entrypoint scale, or with ZK_REPLICAS and ZK_ENSEMBLE.',
    link: RECONFIG,
  },
  'ZK-MEMBERSHIP-005': {
    severity: 'warning',
    meaning:
      'The settings and the committed configuration have different addresses or ports for this member. The committed configuration is used.',
    remedy:
      'Set the previous address and ports again. To change them, remove the member (zk-entrypoint scale), and let it join again.',
    link: RECONFIG,
  },
  'ZK-MEMBERSHIP-006': {
    severity: 'error',
    meaning:
      'The committed configuration on the volume cannot be read, or contains something that is not supported.',
    remedy:
      'Groups, weights and members with several addresses need ZK_MEMBERSHIP=static. If the file is damaged, copy it from a serving member, or give this member an empty volume and let it join again.',
    link: RECONFIG,
  },
  'ZK-MEMBERSHIP-007': {
    severity: 'note',
    meaning: 'This member is in no known committed configuration. It waits until it can join.',
    remedy:
      'Start the serving members, or the members of the first list. A removed member never votes again by itself.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
} as const satisfies Readonly<Record<string, CodeRow>>;
