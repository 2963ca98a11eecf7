import { ADMIN, type Entries } from './entry.ts';

/** What can be wrong with keys of zoo.cfg that have no setting of their own, and with the flags that stand for them. */
export const configEntries = {
  'ZK-CONFIG-001': {
    meaning: 'A key of ZK_EXTRA_CONFIG has a value that ZooKeeper rejects or reads as something else.',
    remedy:
      'Give a value of the kind that the message names: before 3.5 ZooKeeper takes a wrong one for false or for the default without a word, later releases end at once.',
    link: `${ADMIN}#sc_configuration`,
  },
  'ZK-CONFIG-002': {
    meaning: 'A key that secures ZooKeeper is not known to the release at hand, which would run unsecured.',
    remedy: 'Use a release that knows the key, or secure the server by other means and remove the key.',
    link: `${ADMIN}#sc_authOptions`,
  },
  'ZK-CONFIG-003': {
    meaning: 'Writes are acknowledged before they are on the disk, so a power failure can lose them.',
    remedy: 'Remove forceSync=no; for tests it is harmless.',
    link: `${ADMIN}#Unsafe+Options`,
  },
  'ZK-CONFIG-004': {
    meaning: 'Access control is off: whoever reaches the client port may read, change and remove everything.',
    remedy: 'Remove skipACL=yes; for a repair by hand let one server run with it for that long.',
    link: `${ADMIN}#Unsafe+Options`,
  },
  'ZK-CONFIG-005': {
    meaning: 'Dynamic reconfiguration is asked for, which the files written at every start would revert.',
    remedy:
      'Change ZK_REPLICAS or ZK_ENSEMBLE and restart the members one by one; remove reconfigEnabled and dynamicConfigFile. Members with the old list could form a quorum of their own.',
    link: 'https://zookeeper.apache.org/doc/current/zookeeperReconfig.html',
  },
  'ZK-CONFIG-006': {
    meaning: 'The metrics provider that is asked for is not in the distribution.',
    remedy:
      'Scrape the health endpoint’s /metrics instead and remove the key, or add the jar of the provider to lib/.',
    link: 'https://zookeeper.apache.org/doc/current/zookeeperMonitor.html',
  },
  'ZK-CONFIG-007': {
    meaning: 'Extended types are enabled in an ensemble with the server id 255, which their encoding needs.',
    remedy: 'Give every member an id below 255, or leave extendedTypesEnabled out.',
    link: `${ADMIN}#sc_advancedConfiguration`,
  },
  'ZK-CONFIG-008': {
    meaning: 'Authentication is enforced without a provider for it, so the servers would end at once.',
    remedy:
      'Name the schemes in enforce.auth.schemes, and give each a provider: authProvider.sasl=org.apache.zookeeper.server.auth.SASLAuthenticationProvider.',
    link: `${ADMIN}#sc_authOptions`,
  },
  'ZK-CONFIG-009': {
    meaning: 'Members are to authenticate each other by DIGEST-MD5, which this release forbids by default.',
    remedy: 'Add fips-mode=false, or use Kerberos or TLS between the members.',
    link: `${ADMIN}#sc_authOptions`,
  },
  'ZK-CONFIG-010': {
    meaning: 'Members are to authenticate each other by SASL, and the JAAS configuration is missing.',
    remedy: 'Mount the file and name it: JVMFLAGS=-Djava.security.auth.login.config=/path/to/jaas.conf.',
    link: 'https://issues.apache.org/jira/browse/ZOOKEEPER-1045',
  },
  'ZK-CONFIG-011': {
    meaning: 'A flag names a JAAS file that is missing or that Java cannot read.',
    remedy:
      'Mount the file at that path. Every section has the form Name { module required key="value"; }; with both semicolons.',
    link: `${ADMIN}#sc_authOptions`,
  },
  'ZK-CONFIG-012': {
    meaning: 'Members are to authenticate each other by SASL, and the JAAS file lacks a section for it.',
    remedy:
      'Add the sections QuorumServer and QuorumLearner, or name others with quorum.auth.server.saslLoginContext and quorum.auth.learner.saslLoginContext.',
    link: 'https://issues.apache.org/jira/browse/ZOOKEEPER-1045',
  },
  'ZK-CONFIG-013': {
    meaning:
      'Clients must authenticate by SASL, and the server has no section of a JAAS file for it: nobody could.',
    remedy:
      'Give JVMFLAGS=-Djava.security.auth.login.config=/path/to/jaas.conf, a file with a section Server.',
    link: `${ADMIN}#sc_authOptions`,
  },
  'ZK-CONFIG-014': {
    meaning:
      'There is a SASL provider, and the server has no section of a JAAS file for it: it authenticates nobody.',
    remedy:
      'Give JVMFLAGS=-Djava.security.auth.login.config=/path/to/jaas.conf, a file with a section Server, or remove the provider.',
    link: `${ADMIN}#sc_authOptions`,
  },
  'ZK-CONFIG-015': {
    meaning:
      'Clients are to authenticate by DIGEST-MD5, which this release forbids by default: nobody could.',
    remedy:
      'Add fips-mode=false to ZK_EXTRA_CONFIG, and give clients of 3.9.4 and newer -Dzookeeper.fips-mode=false, since they keep to it too; or use Kerberos or TLS.',
    link: 'https://issues.apache.org/jira/browse/ZOOKEEPER-5043',
  },
} satisfies Entries;
