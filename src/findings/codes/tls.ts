import { ADMIN, type CodeRow } from './row.ts';

/** Problems with certificates, keys and key stores. */
export const tlsCodes = {
  'ZK-TLS-001': {
    severity: 'error',
    meaning: 'TLS for clients is turned on, but the Netty server, which it needs, is not.',
    remedy: 'Add serverCnxnFactory=org.apache.zookeeper.server.NettyServerCnxnFactory to ZK_EXTRA_CONFIG.',
    link: `${ADMIN}#Quorum+TLS`,
  },
  'ZK-TLS-002': {
    severity: 'error',
    meaning: 'A key store or trust store that TLS needs is not named, is missing or cannot be read.',
    remedy: 'Mount the Secret at that path so that the user of ZooKeeper can read it, or correct the path.',
    link: `${ADMIN}#Quorum+TLS`,
  },
  'ZK-TLS-003': {
    severity: 'error',
    meaning: 'A certificate of a key store is not valid now.',
    remedy: 'Renew it. Peers and clients refuse it, and the server only logs their failed handshakes.',
    link: `${ADMIN}#Quorum+TLS`,
  },
  'ZK-TLS-004': {
    severity: 'error',
    meaning:
      'A key store cannot be used: the key has the wrong form, the certificate is missing, or the password is wrong.',
    remedy:
      'A PEM key store is one file with the key as PKCS#8 (BEGIN PRIVATE KEY) and its certificates; convert a PKCS#1 key with `openssl pkcs8 -topk8 -nocrypt`.',
    link: `${ADMIN}#Quorum+TLS`,
  },
  'ZK-TLS-005': {
    severity: 'error',
    meaning: 'The certificate for the quorum lacks the name that peers use for this member.',
    remedy:
      'Issue it for the full names of all members, for example with *.zk-headless.default.svc.cluster.local as a subject alternative name.',
    link: `${ADMIN}#Quorum+TLS`,
  },
  'ZK-TLS-006': {
    severity: 'error',
    meaning: 'The distribution lacks the jar of Netty’s codecs. Without it, no TLS port works.',
    remedy: 'Add netty-codec and the other jars of Netty to lib/, in the version that ZooKeeper ships.',
    link: `${ADMIN}#Quorum+TLS`,
  },
  'ZK-TLS-007': {
    severity: 'note',
    meaning: 'The certificate of a key store expires within 30 days.',
    remedy:
      'Renew it in time. Peers and clients refuse an expired certificate. A certificate that is valid for less than 90 days is reported when a third of its validity is left.',
    link: `${ADMIN}#Quorum+TLS`,
  },
  'ZK-TLS-008': {
    severity: 'warning',
    meaning: 'The certificate of a key store expires within 7 days.',
    remedy:
      'Renew it now, and restart the members one after the other, unless they reload the store (client.certReload, sslQuorumReloadCertFiles). A certificate that is valid for less than 21 days is reported when a third of its validity is left.',
    link: `${ADMIN}#Quorum+TLS`,
  },
  'ZK-TLS-009': {
    severity: 'error',
    meaning:
      'The certificate for the quorum contains no address of this member. The members that it connects to compare the certificate with that address.',
    remedy:
      'From 3.9.4 on, add ssl.quorum.clientHostnameVerification=false to ZK_EXTRA_CONFIG. The connecting member still compares names. Before 3.9.4, set ssl.quorum.hostnameVerification=false, or issue a certificate with the addresses of all members.',
    link: `${ADMIN}#Quorum+TLS`,
  },
  'ZK-TLS-010': {
    severity: 'warning',
    meaning: 'Peers accept the certificate for the quorum only if reverse look-ups in DNS work.',
    remedy:
      'Make sure that the address of each member resolves to the name in its certificate (a headless Service does this for its pods). Or issue certificates that also contain the addresses.',
    link: `${ADMIN}#Quorum+TLS`,
  },
  'ZK-TLS-011': {
    severity: 'warning',
    meaning: 'ZooKeeper uses another certificate than the one on the disk.',
    remedy:
      'Restart the members one after the other. sslQuorumReloadCertFiles and client.certReload only detect a file that is written or replaced. They do not detect a changed symbolic link, and Kubernetes renews a Secret with such a link.',
    link: `${ADMIN}#Quorum+TLS`,
  },
  'ZK-TLS-012': {
    severity: 'warning',
    meaning:
      'The certificate for the quorum does not contain the name of this member. It is accepted only because this release does not check the name.',
    remedy: 'Issue it for the names of all members before an upgrade: 3.9.6 and newer refuse it.',
    link: `${ADMIN}#Quorum+TLS`,
  },
  'ZK-TLS-013': {
    severity: 'error',
    meaning:
      'ssl.clientHostnameVerification is on in FIPS mode. ZooKeeper then refuses every client with a certificate.',
    remedy: 'Remove ssl.clientHostnameVerification, or add fips-mode=false.',
    link: `${ADMIN}#Quorum+TLS`,
  },
  'ZK-TLS-014': {
    severity: 'warning',
    meaning:
      'The trust store of the quorum does not trust the certificate of this member. Members with the same store would refuse it.',
    remedy:
      'Add the CA of the certificate to ssl.quorum.trustStore of all members, and put its intermediates after the certificate in the key store. If each member has its own CA, and its store holds the CAs of the others, silence this finding with ZK_IGNORE_FINDINGS.',
    link: `${ADMIN}#Quorum+TLS`,
  },
  'ZK-TLS-015': {
    severity: 'error',
    meaning:
      'A file of a folder with certificates cannot be used. It is missing or damaged, its password is missing, or it does not match the other files.',
    remedy:
      'Correct the named file. ZooKeeper is not started before. Every form of key that openssl writes can be read.',
    link: `${ADMIN}#Quorum+TLS`,
  },
  'ZK-TLS-016': {
    severity: 'error',
    meaning: 'The settings for TLS contradict each other, ZK_EXTRA_CONFIG or the release.',
    remedy: 'Set the folder, or remove the mode. Write keys of TLS in only one place.',
    link: `${ADMIN}#Quorum+TLS`,
  },
  'ZK-TLS-017': {
    severity: 'error',
    meaning:
      'The quorum would turn TLS on or off in a step that is too large. Restarted members could not talk to the members that still run the old mode.',
    remedy:
      'Roll out one step at a time to all members: plain, accept, both, tls. To go back, use the reverse order.',
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
    meaning: 'The keys or passwords of ZooKeeper would be written to a disk.',
    remedy: 'Leave ZK_TLS_WORK_DIR at its default, or mount an emptyDir with medium: Memory there.',
    link: `${ADMIN}#Quorum+TLS`,
  },
  'ZK-TLS-020': {
    severity: 'warning',
    meaning:
      'Renewed certificates are not used, because they have an error. The server continues with the old certificates.',
    remedy: 'Correct the Secret. It is checked again as soon as it changes.',
    link: `${ADMIN}#Quorum+TLS`,
  },
} as const satisfies Readonly<Record<string, CodeRow>>;
