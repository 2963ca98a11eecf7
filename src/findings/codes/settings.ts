import { ADMIN, type CodeRow, KUBERNETES } from './row.ts';

/** Problems with settings, and with other configuration for ZooKeeper. */
export const settingsCodes = {
  'ZK-SETTING-001': {
    severity: 'error',
    meaning: 'The value of a variable is invalid.',
    remedy: 'Set a value of the type and range in the message, or remove the variable to get the default.',
    link: `${ADMIN}#sc_configuration`,
  },
  'ZK-SETTING-002': {
    severity: 'error',
    meaning: 'A setting is given twice: as NAME and as NAME_FILE.',
    remedy: 'Keep one of the two.',
    link: `${KUBERNETES}/concepts/configuration/secret/`,
  },
  'ZK-SETTING-003': {
    severity: 'error',
    meaning: 'The file that NAME_FILE names cannot be read.',
    remedy: 'Mount the Secret or ConfigMap at that path, or correct the path.',
    link: `${KUBERNETES}/concepts/configuration/secret/`,
  },
  'ZK-SETTING-004': {
    severity: 'warning',
    meaning: 'A ZK_* variable is not a known setting and has no effect.',
    remedy: 'Correct the spelling, or remove it. `zk-entrypoint settings` lists every name.',
    link: `${ADMIN}#sc_configuration`,
  },
  'ZK-SETTING-005': {
    severity: 'warning',
    meaning: 'A variable was overwritten by a Kubernetes service link.',
    remedy:
      'Set enableServiceLinks: false in the pod spec, or rename the Service that creates this variable.',
    link: `${KUBERNETES}/concepts/services-networking/service/#environment-variables`,
  },
  'ZK-SETTING-006': {
    severity: 'error',
    meaning: 'A required setting is missing.',
    remedy: 'Set the variable that the message names.',
    link: `${ADMIN}#sc_minimumConfiguration`,
  },
  'ZK-SETTING-007': {
    severity: 'error',
    meaning: 'ZK_EXTRA_CONFIG holds a key that has a setting of its own.',
    remedy: 'Use the setting. Otherwise the key could be written twice with two values.',
    link: `${ADMIN}#sc_configuration`,
  },
  'ZK-SETTING-008': {
    severity: 'error',
    meaning: 'A key of ZK_EXTRA_CONFIG would have no effect in ZooKeeper.',
    remedy: 'Use the spelling or the JVM flag that the message names.',
    link: `${ADMIN}#sc_advancedConfiguration`,
  },
  'ZK-SETTING-009': {
    severity: 'warning',
    meaning: 'A key of ZK_EXTRA_CONFIG, or a flag -Dzookeeper.KEY, is in no known release of ZooKeeper.',
    remedy:
      'Check the spelling. The key is written anyway, because ZooKeeper turns unknown keys into system properties.',
    link: `${ADMIN}#sc_advancedConfiguration`,
  },
  'ZK-SETTING-010': {
    severity: 'warning',
    meaning: 'The installed ZooKeeper does not know a setting or key, so it is not written.',
    remedy: 'Remove it, or use a ZooKeeper release that has it.',
    link: `${ADMIN}#sc_advancedConfiguration`,
  },
  'ZK-SETTING-012': {
    severity: 'error',
    meaning: 'Two listeners have the same port.',
    remedy: 'Give every listener its own port. Only the election ports of different hosts may be equal.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-SETTING-013': {
    severity: 'warning',
    meaning: 'A JVM flag contains a secret. Everybody who can run `ps` can read it.',
    remedy: 'Put the secret into a file and give ZooKeeper its path, for example ssl.keyStore.passwordPath.',
    link: `${ADMIN}#sc_authOptions`,
  },
  'ZK-SETTING-016': {
    severity: 'error',
    meaning: 'The file of --env-file has a line that is not NAME=value, or the file is not UTF-8 text.',
    remedy:
      'Write NAME=value. Quote a value that has blanks, a # or several lines. The message gives only the number of the line, because the line may be part of a secret.',
    link: `${KUBERNETES}/tasks/configure-pod-container/configure-pod-configmap/`,
  },
  'ZK-SETTING-017': {
    severity: 'error',
    meaning:
      'A path holds characters beyond ASCII, and the container has no UTF-8 locale. Java would use another directory.',
    remedy: 'Give a path of ASCII characters, or set LC_ALL=C.UTF-8 in the container.',
    link: 'https://docs.oracle.com/en/java/javase/21/intl/supported-encodings.html',
  },
  'ZK-CONFIG-001': {
    severity: 'error',
    meaning:
      'A key of ZK_EXTRA_CONFIG, or a flag -Dzookeeper.KEY, has a value that ZooKeeper rejects or misreads.',
    remedy:
      'Give a value of the kind in the message. Before 3.5, ZooKeeper silently reads a wrong value as false or as the default. Later releases end at once.',
    link: `${ADMIN}#sc_configuration`,
  },
  'ZK-CONFIG-002': {
    severity: 'error',
    meaning:
      'The installed release does not know a key that secures ZooKeeper. The server would run unsecured.',
    remedy: 'Use a release that knows the key, or secure the server by other means and remove the key.',
    link: `${ADMIN}#sc_authOptions`,
  },
  'ZK-CONFIG-003': {
    severity: 'warning',
    meaning: 'Writes are acknowledged before they are on the disk, so a power failure can lose them.',
    remedy: 'Remove forceSync=no. It is acceptable only in tests.',
    link: `${ADMIN}#Unsafe+Options`,
  },
  'ZK-CONFIG-004': {
    severity: 'warning',
    meaning:
      'Access control is off. Anybody who reaches the client port can read, change and remove everything.',
    remedy: 'Remove skipACL=yes. For a manual repair, set it on one server, and only during the repair.',
    link: `${ADMIN}#Unsafe+Options`,
  },
  'ZK-CONFIG-005': {
    severity: 'error',
    meaning:
      'Dynamic reconfiguration is turned on, but every start writes the files again and would revert it.',
    remedy:
      'Change ZK_REPLICAS or ZK_ENSEMBLE and restart the members one by one; remove reconfigEnabled and dynamicConfigFile. Members with the old list could form a quorum of their own.',
    link: 'https://zookeeper.apache.org/doc/current/zookeeperReconfig.html',
  },
  'ZK-CONFIG-006': {
    severity: 'error',
    meaning: 'The configured metrics provider is not in the distribution.',
    remedy:
      'Remove the key and scrape /metrics of the health endpoint, or add the jar of the provider to lib/.',
    link: 'https://zookeeper.apache.org/doc/current/zookeeperMonitor.html',
  },
  'ZK-CONFIG-007': {
    severity: 'error',
    meaning:
      'Extended types are enabled, and a member has the server id 255. Their encoding reserves this id.',
    remedy: 'Give every member an id below 255, or leave extendedTypesEnabled out.',
    link: `${ADMIN}#sc_advancedConfiguration`,
  },
  'ZK-CONFIG-008': {
    severity: 'error',
    meaning: 'Authentication is enforced, but no provider for it is set. The servers would end at once.',
    remedy:
      'Name the schemes in enforce.auth.schemes, and give each a provider: authProvider.sasl=org.apache.zookeeper.server.auth.SASLAuthenticationProvider.',
    link: `${ADMIN}#sc_authOptions`,
  },
  'ZK-CONFIG-009': {
    severity: 'error',
    meaning: 'Members must authenticate each other with DIGEST-MD5, but this release forbids it by default.',
    remedy: 'Add fips-mode=false, or use Kerberos or TLS between the members.',
    link: `${ADMIN}#sc_authOptions`,
  },
  'ZK-CONFIG-010': {
    severity: 'error',
    meaning: 'Members must authenticate each other with SASL, but the JAAS configuration is missing.',
    remedy: 'Mount the file and name it: JVMFLAGS=-Djava.security.auth.login.config=/path/to/jaas.conf.',
    link: 'https://issues.apache.org/jira/browse/ZOOKEEPER-1045',
  },
  'ZK-CONFIG-011': {
    severity: 'error',
    meaning: 'A flag names a JAAS file that is missing or that Java cannot read.',
    remedy:
      'Mount the file at that path. Every section has the form Name { module required key="value"; }; with both semicolons.',
    link: `${ADMIN}#sc_authOptions`,
  },
  'ZK-CONFIG-012': {
    severity: 'error',
    meaning: 'Members must authenticate each other with SASL, but the JAAS file lacks a section for it.',
    remedy:
      'Add the sections QuorumServer and QuorumLearner, or name others with quorum.auth.server.saslLoginContext and quorum.auth.learner.saslLoginContext.',
    link: 'https://issues.apache.org/jira/browse/ZOOKEEPER-1045',
  },
  'ZK-CONFIG-013': {
    severity: 'error',
    meaning:
      'Clients must authenticate with SASL, but the JAAS file has no section for the server. No client could log in.',
    remedy:
      'Give JVMFLAGS=-Djava.security.auth.login.config=/path/to/jaas.conf, a file with a section Server.',
    link: `${ADMIN}#sc_authOptions`,
  },
  'ZK-CONFIG-014': {
    severity: 'warning',
    meaning: 'A SASL provider is set, but the JAAS file has no section for the server. No client can log in.',
    remedy:
      'Give JVMFLAGS=-Djava.security.auth.login.config=/path/to/jaas.conf, a file with a section Server, or remove the provider.',
    link: `${ADMIN}#sc_authOptions`,
  },
  'ZK-CONFIG-015': {
    severity: 'error',
    meaning:
      'Clients must authenticate with DIGEST-MD5, but this release forbids it by default. No client could log in.',
    remedy:
      'Add fips-mode=false to ZK_EXTRA_CONFIG, and give clients of 3.9.4 and newer -Dzookeeper.fips-mode=false, because they forbid it too. Or use Kerberos or TLS.',
    link: 'https://issues.apache.org/jira/browse/ZOOKEEPER-5043',
  },
  'ZK-CONFIG-016': {
    severity: 'warning',
    meaning:
      'snapshotSizeFactor lets a leader bring a member up to date from its log on the disk. The log has a gap where the leader once got a whole tree itself, so the member can lack acknowledged writes, and nobody notices.',
    remedy: 'Remove it. zk-entrypoint then writes snapshotSizeFactor=-1.',
    link: 'https://issues.apache.org/jira/browse/ZOOKEEPER-2846',
  },
  'ZK-CONFIG-017': {
    severity: 'warning',
    meaning: 'ZooKeeper counts quorums by groups and weights, but zk-entrypoint counts each voter once.',
    remedy:
      'Remove the lines group.N and weight.N from ZK_EXTRA_CONFIG. If you need them, do not trust what status says of the quorum, and change the list of members only while all members are stopped.',
    link: 'https://zookeeper.apache.org/doc/current/zookeeperHierarchicalQuorums.html',
  },
} as const satisfies Readonly<Record<string, CodeRow>>;
