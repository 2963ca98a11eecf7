import { ADMIN, type CodeRow } from './row.ts';

/** What can be wrong with certificates, keys and key stores. */
export const tlsCodes = {
  'ZK-TLS-001': {
    severity: 'error',
    meaning: 'TLS for clients is asked for without the Netty server, the only one that knows it.',
    remedy: 'Add serverCnxnFactory=org.apache.zookeeper.server.NettyServerCnxnFactory to ZK_EXTRA_CONFIG.',
    link: `${ADMIN}#Quorum+TLS`,
  },
  'ZK-TLS-002': {
    severity: 'error',
    meaning: 'A key store or trust store that TLS needs is not named, is missing or cannot be read.',
    remedy:
      'Mount the Secret at that path, readable by the user that ZooKeeper runs as, or correct the path.',
    link: `${ADMIN}#Quorum+TLS`,
  },
  'ZK-TLS-003': {
    severity: 'error',
    meaning: 'A certificate of a key store is not valid now.',
    remedy: 'Renew it; peers and clients refuse it, and the server only logs their failed handshakes.',
    link: `${ADMIN}#Quorum+TLS`,
  },
  'ZK-TLS-004': {
    severity: 'error',
    meaning:
      'A key store cannot be used as it is: a key in the wrong form, no certificate, a wrong password.',
    remedy:
      'A PEM key store is one file with the key as PKCS#8 (BEGIN PRIVATE KEY) and its certificates; convert a PKCS#1 key with `openssl pkcs8 -topk8 -nocrypt`.',
    link: `${ADMIN}#Quorum+TLS`,
  },
  'ZK-TLS-005': {
    severity: 'error',
    meaning: 'The certificate for the quorum does not name this member as its peers call it.',
    remedy:
      'Issue it for the full names of all members, for example with *.zk-headless.default.svc.cluster.local as a subject alternative name.',
    link: `${ADMIN}#Quorum+TLS`,
  },
  'ZK-TLS-006': {
    severity: 'error',
    meaning: 'The distribution has no jar of Netty’s codecs, without which every TLS port is dead.',
    remedy: 'Add netty-codec and the other jars of Netty to lib/, of the version that ZooKeeper came with.',
    link: `${ADMIN}#Quorum+TLS`,
  },
  'ZK-TLS-007': {
    severity: 'note',
    meaning: 'The certificate of a key store ends within 30 days.',
    remedy:
      'Renew it in time: once it has ended, peers and clients refuse it. Of a certificate that lives less than 90 days it is said when a third of its life is left.',
    link: `${ADMIN}#Quorum+TLS`,
  },
  'ZK-TLS-008': {
    severity: 'warning',
    meaning: 'The certificate of a key store ends within 7 days.',
    remedy:
      'Renew it now, and restart the members one after the other, unless they reload the store (client.certReload, sslQuorumReloadCertFiles). Of a certificate that lives less than 21 days it is said when a third of its life is left.',
    link: `${ADMIN}#Quorum+TLS`,
  },
  'ZK-TLS-009': {
    severity: 'error',
    meaning:
      'The certificate for the quorum names no address of this member, and the members that it connects to compare it with that address.',
    remedy:
      'From 3.9.4 on add ssl.quorum.clientHostnameVerification=false to ZK_EXTRA_CONFIG: the member that connects still compares names. Before, ssl.quorum.hostnameVerification=false is the only way besides a certificate with the addresses of all members.',
    link: `${ADMIN}#Quorum+TLS`,
  },
  'ZK-TLS-010': {
    severity: 'warning',
    meaning: 'Whether the certificate for the quorum is accepted depends on reverse look-ups in DNS.',
    remedy:
      'Make sure that the address of each member leads back to the name in its certificate (a headless Service does so for its pods), or issue certificates that name the addresses too.',
    link: `${ADMIN}#Quorum+TLS`,
  },
  'ZK-TLS-011': {
    severity: 'warning',
    meaning: 'The certificate on the disk is another one than ZooKeeper uses.',
    remedy:
      'Restart this member, one after the other. sslQuorumReloadCertFiles and client.certReload only notice a file that is itself written or replaced, not one behind a link that moves, as Kubernetes moves those of a Secret.',
    link: `${ADMIN}#Quorum+TLS`,
  },
  'ZK-TLS-012': {
    severity: 'warning',
    meaning:
      'The certificate for the quorum does not name this member, and only because this release does not look is it accepted.',
    remedy: 'Issue it for the names of all members before an upgrade: 3.9.6 and newer refuse it.',
    link: `${ADMIN}#Quorum+TLS`,
  },
  'ZK-TLS-013': {
    severity: 'error',
    meaning:
      'Names of clients are to be verified in FIPS mode, in which every client with a certificate is refused.',
    remedy: 'Remove ssl.clientHostnameVerification, or add fips-mode=false.',
    link: `${ADMIN}#Quorum+TLS`,
  },
  'ZK-TLS-014': {
    severity: 'warning',
    meaning:
      'The trust store of the quorum does not trust the own certificate, so members with the same store would refuse this one.',
    remedy:
      'Put the CA that issued the certificate into ssl.quorum.trustStore of all members, and its intermediates behind the certificate in the key store. Where each member has a CA of its own, and the stores hold those of the others, silence it with ZK_IGNORE_FINDINGS.',
    link: `${ADMIN}#Quorum+TLS`,
  },
  'ZK-TLS-015': {
    severity: 'error',
    meaning:
      'A file of a folder with certificates cannot be used: it is missing, damaged, encrypted without its password, or does not fit the others.',
    remedy:
      'Correct the file that is named; nothing is started before. For a key of another form nothing is to be done: any that openssl writes is read.',
    link: `${ADMIN}#Quorum+TLS`,
  },
  'ZK-TLS-016': {
    severity: 'error',
    meaning: 'The settings of TLS contradict each other, or ZK_EXTRA_CONFIG, or the release.',
    remedy: 'Set the folder, or leave the mode out; write keys of TLS in one place alone.',
    link: `${ADMIN}#Quorum+TLS`,
  },
  'ZK-TLS-017': {
    severity: 'error',
    meaning:
      'The quorum would go over to TLS, or back, in a step that is too large: members that are restarted could not speak to those that are not.',
    remedy:
      'Take one step after the other, each rolled out to all members: plain, accept, both, tls; and back the same way.',
    link: `${ADMIN}#Quorum+TLS`,
  },
  'ZK-TLS-018': {
    severity: 'warning',
    meaning: 'A private key can be read by every user of the container.',
    remedy: 'Mount the Secret with defaultMode: 0440, and set fsGroup.',
    link: `${ADMIN}#Quorum+TLS`,
  },
  'ZK-TLS-019': {
    severity: 'warning',
    meaning: 'The keys or passwords that ZooKeeper reads would lie on a disk.',
    remedy: 'Leave ZK_TLS_WORK_DIR at its default, or mount an emptyDir with medium: Memory there.',
    link: `${ADMIN}#Quorum+TLS`,
  },
  'ZK-TLS-020': {
    severity: 'warning',
    meaning:
      'Renewed certificates are not taken up, because something is wrong with them. The server goes on with those it has.',
    remedy: 'Correct the Secret. It is looked at again as soon as it changes.',
    link: `${ADMIN}#Quorum+TLS`,
  },
} as const satisfies Readonly<Record<string, CodeRow>>;
