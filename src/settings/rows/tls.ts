import { port } from '../kinds/numbers.ts';
import { absolutePath, line, oneOf } from '../kinds/words.ts';
import { always, optional, row } from '../row.ts';

/** Encrypted ports, from certificates as Kubernetes mounts them. */
export const tlsRows = {
  tlsDir: optional({
    variable: 'ZK_TLS_DIR',
    group: 'tls',
    kind: absolutePath,
    words: 'no TLS',
    meaning:
      'A mounted folder with tls.crt, tls.key and ca.crt, or with credentialbundle.pem and ca.crt: for clients and between members.',
    goesTo: 'zoo.cfg ssl.*, ssl.quorum.*',
  }),
  clientTlsDir: optional({
    variable: 'ZK_CLIENT_TLS_DIR',
    group: 'tls',
    kind: absolutePath,
    words: 'ZK_TLS_DIR',
    meaning: 'Such a folder for the port of clients alone.',
    goesTo: 'zoo.cfg ssl.*',
  }),
  quorumTlsDir: optional({
    variable: 'ZK_QUORUM_TLS_DIR',
    group: 'tls',
    kind: absolutePath,
    words: 'ZK_TLS_DIR',
    meaning: 'Such a folder for what members say to each other.',
    goesTo: 'zoo.cfg ssl.quorum.*',
  }),
  clientTls: optional({
    variable: 'ZK_CLIENT_TLS',
    group: 'tls',
    kind: oneOf(['plain', 'both', 'tls']),
    words: 'tls where there is a folder for it, else plain',
    meaning:
      'How clients reach this member: on ZK_CLIENT_PORT without TLS (plain), on ZK_SECURE_CLIENT_PORT with TLS (tls), or either way (both). With tls, ZK_CLIENT_PORT is open on loopback alone.',
    goesTo: 'zoo.cfg secureClientPort, clientPortAddress',
  }),
  secureClientPort: row({
    variable: 'ZK_SECURE_CLIENT_PORT',
    group: 'tls',
    kind: port(),
    fallback: always(2182),
    meaning: 'The port clients connect to with TLS.',
    goesTo: 'zoo.cfg secureClientPort',
  }),
  clientCertificates: row({
    variable: 'ZK_CLIENT_CERTIFICATES',
    group: 'tls',
    kind: oneOf(['none', 'want', 'need']),
    fallback: always<'none' | 'want' | 'need'>('need'),
    meaning:
      'Whether clients must show a certificate that ca.crt leads to (need), may (want), or are not asked (none).',
    goesTo: 'zoo.cfg ssl.clientAuth',
  }),
  quorumTls: optional({
    variable: 'ZK_QUORUM_TLS',
    group: 'tls',
    kind: oneOf(['plain', 'accept', 'both', 'tls']),
    words: 'tls where there is a folder for it, else plain',
    meaning:
      'What members say to each other: nothing encrypted (plain), plain but TLS is accepted (accept), TLS but plain is accepted (both), TLS alone (tls). A running ensemble takes one step after the other, each rolled out to all members.',
    goesTo: 'zoo.cfg sslQuorum, portUnification',
  }),
  tlsCaFile: optional({
    variable: 'ZK_TLS_CA',
    group: 'tls',
    kind: absolutePath,
    words: 'ca.crt in the folder',
    meaning:
      'A file with the authorities that are trusted, such as a trust bundle that is mounted by itself.',
    goesTo: 'zoo.cfg ssl.trustStore, ssl.quorum.trustStore',
  }),
  tlsKeyPassword: optional({
    variable: 'ZK_TLS_KEY_PASSWORD',
    group: 'tls',
    kind: line,
    words: 'the key is not encrypted',
    meaning: 'The password of an encrypted tls.key; best by ZK_TLS_KEY_PASSWORD_FILE.',
    goesTo: 'nowhere: the key is decrypted in memory',
    secret: true,
  }),
  tlsWorkDir: row({
    variable: 'ZK_TLS_WORK_DIR',
    group: 'tls',
    kind: absolutePath,
    fallback: always('/dev/shm/zk-entrypoint'),
    meaning:
      'Where the keys of TLS and the passwords of logins lie in the form that ZooKeeper reads, for this user alone. It should be in memory, as /dev/shm is in a container.',
    goesTo: 'zoo.cfg ssl.keyStore.location and the like, JAAS file',
  }),
};
