import { ADMIN, type CodeRow, KUBERNETES } from './row.ts';

/** What can be wrong with a setting, or with what is given to ZooKeeper besides. */
export const settingsCodes = {
  'ZK-SETTING-001': {
    severity: 'error',
    meaning: 'A variable holds a value that cannot be used.',
    remedy:
      'Give it a value of the type and range that the message names, or remove the variable to get the default.',
    link: `${ADMIN}#sc_configuration`,
  },
  'ZK-SETTING-002': {
    severity: 'error',
    meaning: 'A setting is given twice: as NAME and as NAME_FILE.',
    remedy: 'Keep one of the two; which one was meant cannot be guessed.',
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
    meaning: 'A ZK_* variable has a name this program does not know, so it does nothing.',
    remedy: 'Correct the spelling, or remove it. `zk-entrypoint settings` lists every name.',
    link: `${ADMIN}#sc_configuration`,
  },
  'ZK-SETTING-005': {
    severity: 'warning',
    meaning: 'A variable was overwritten by a Kubernetes service link.',
    remedy:
      'Set enableServiceLinks: false in the pod spec, or rename the Service whose name makes this variable.',
    link: `${KUBERNETES}/concepts/services-networking/service/#environment-variables`,
  },
  'ZK-SETTING-006': {
    severity: 'error',
    meaning: 'A setting without which no configuration can be rendered is missing.',
    remedy: 'Set the variable that the message names.',
    link: `${ADMIN}#sc_minimumConfiguration`,
  },
  'ZK-SETTING-007': {
    severity: 'error',
    meaning: 'ZK_EXTRA_CONFIG holds a key that has a setting of its own.',
    remedy: 'Use the setting, so that the key cannot be written twice with two values.',
    link: `${ADMIN}#sc_configuration`,
  },
  'ZK-SETTING-008': {
    severity: 'error',
    meaning: 'A key of ZK_EXTRA_CONFIG would be read by ZooKeeper and have no effect at all.',
    remedy: 'Use the spelling or the JVM flag that the message names.',
    link: `${ADMIN}#sc_advancedConfiguration`,
  },
  'ZK-SETTING-009': {
    severity: 'warning',
    meaning: 'A key of ZK_EXTRA_CONFIG is in no ZooKeeper release this program knows.',
    remedy:
      'Check the spelling. It is written all the same, since ZooKeeper turns unknown keys into system properties.',
    link: `${ADMIN}#sc_advancedConfiguration`,
  },
  'ZK-SETTING-010': {
    severity: 'warning',
    meaning: 'A setting or key is not known to the ZooKeeper at hand, so it is not written.',
    remedy: 'Remove it, or use a ZooKeeper release that has it.',
    link: `${ADMIN}#sc_advancedConfiguration`,
  },
  'ZK-SETTING-012': {
    severity: 'error',
    meaning: 'One port is given to two listeners.',
    remedy: 'Give every listener a port of its own; only the election ports of different hosts may be equal.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-SETTING-013': {
    severity: 'warning',
    meaning: 'A JVM flag holds a secret, which everybody who may run `ps` can read.',
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
  'ZK-CONFIG-001': {
    severity: 'error',
    meaning: 'A key of ZK_EXTRA_CONFIG has a value that ZooKeeper rejects or reads as something else.',
    remedy:
      'Give a value of the kind that the message names: before 3.5 ZooKeeper takes a wrong one for false or for the default without a word, later releases end at once.',
    link: `${ADMIN}#sc_configuration`,
  },
  'ZK-CONFIG-002': {
    severity: 'error',
    meaning: 'A key that secures ZooKeeper is not known to the release at hand, which would run unsecured.',
    remedy: 'Use a release that knows the key, or secure the server by other means and remove the key.',
    link: `${ADMIN}#sc_authOptions`,
  },
  'ZK-CONFIG-003': {
    severity: 'warning',
    meaning: 'Writes are acknowledged before they are on the disk, so a power failure can lose them.',
    remedy: 'Remove forceSync=no; for tests it is harmless.',
    link: `${ADMIN}#Unsafe+Options`,
  },
  'ZK-CONFIG-004': {
    severity: 'warning',
    meaning: 'Access control is off: whoever reaches the client port may read, change and remove everything.',
    remedy: 'Remove skipACL=yes; for a repair by hand let one server run with it for that long.',
    link: `${ADMIN}#Unsafe+Options`,
  },
  'ZK-CONFIG-005': {
    severity: 'error',
    meaning: 'Dynamic reconfiguration is asked for, which the files written at every start would revert.',
    remedy:
      'Change ZK_REPLICAS or ZK_ENSEMBLE and restart the members one by one; remove reconfigEnabled and dynamicConfigFile. Members with the old list could form a quorum of their own.',
    link: 'https://zookeeper.apache.org/doc/current/zookeeperReconfig.html',
  },
  'ZK-CONFIG-006': {
    severity: 'error',
    meaning: 'The metrics provider that is asked for is not in the distribution.',
    remedy:
      'Scrape the health endpoint’s /metrics instead and remove the key, or add the jar of the provider to lib/.',
    link: 'https://zookeeper.apache.org/doc/current/zookeeperMonitor.html',
  },
  'ZK-CONFIG-007': {
    severity: 'error',
    meaning: 'Extended types are enabled in an ensemble with the server id 255, which their encoding needs.',
    remedy: 'Give every member an id below 255, or leave extendedTypesEnabled out.',
    link: `${ADMIN}#sc_advancedConfiguration`,
  },
  'ZK-CONFIG-008': {
    severity: 'error',
    meaning: 'Authentication is enforced without a provider for it, so the servers would end at once.',
    remedy:
      'Name the schemes in enforce.auth.schemes, and give each a provider: authProvider.sasl=org.apache.zookeeper.server.auth.SASLAuthenticationProvider.',
    link: `${ADMIN}#sc_authOptions`,
  },
  'ZK-CONFIG-009': {
    severity: 'error',
    meaning: 'Members are to authenticate each other by DIGEST-MD5, which this release forbids by default.',
    remedy: 'Add fips-mode=false, or use Kerberos or TLS between the members.',
    link: `${ADMIN}#sc_authOptions`,
  },
  'ZK-CONFIG-010': {
    severity: 'error',
    meaning: 'Members are to authenticate each other by SASL, and the JAAS configuration is missing.',
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
    meaning: 'Members are to authenticate each other by SASL, and the JAAS file lacks a section for it.',
    remedy:
      'Add the sections QuorumServer and QuorumLearner, or name others with quorum.auth.server.saslLoginContext and quorum.auth.learner.saslLoginContext.',
    link: 'https://issues.apache.org/jira/browse/ZOOKEEPER-1045',
  },
  'ZK-CONFIG-013': {
    severity: 'error',
    meaning:
      'Clients must authenticate by SASL, and the server has no section of a JAAS file for it: nobody could.',
    remedy:
      'Give JVMFLAGS=-Djava.security.auth.login.config=/path/to/jaas.conf, a file with a section Server.',
    link: `${ADMIN}#sc_authOptions`,
  },
  'ZK-CONFIG-014': {
    severity: 'warning',
    meaning:
      'There is a SASL provider, and the server has no section of a JAAS file for it: it authenticates nobody.',
    remedy:
      'Give JVMFLAGS=-Djava.security.auth.login.config=/path/to/jaas.conf, a file with a section Server, or remove the provider.',
    link: `${ADMIN}#sc_authOptions`,
  },
  'ZK-CONFIG-015': {
    severity: 'error',
    meaning:
      'Clients are to authenticate by DIGEST-MD5, which this release forbids by default: nobody could.',
    remedy:
      'Add fips-mode=false to ZK_EXTRA_CONFIG, and give clients of 3.9.4 and newer -Dzookeeper.fips-mode=false, since they keep to it too; or use Kerberos or TLS.',
    link: 'https://issues.apache.org/jira/browse/ZOOKEEPER-5043',
  },
} as const satisfies Readonly<Record<string, CodeRow>>;
