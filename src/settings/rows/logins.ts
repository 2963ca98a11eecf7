import { password, principal, superDigest, UNKNOWN_USERS, userName, users } from '../kinds/users.ts';
import { absolutePath, oneOf } from '../kinds/words.ts';
import { always, optional, row } from '../row.ts';

/** Who logs in: members to each other, and clients. */
export const loginRows = {
  quorumUser: optional({
    variable: 'ZK_QUORUM_USER',
    group: 'login',
    kind: userName,
    words: 'no password between members',
    meaning:
      'The user as whom each member logs in to the others (SASL, DIGEST-MD5); the same for all members.',
    goesTo: 'JAAS file QuorumLearner, QuorumServer',
  }),
  quorumPassword: optional({
    variable: 'ZK_QUORUM_PASSWORD',
    group: 'login',
    kind: password,
    words: 'no password between members',
    meaning: 'The password of ZK_QUORUM_USER; best by ZK_QUORUM_PASSWORD_FILE.',
    goesTo: 'JAAS file QuorumLearner, QuorumServer',
    secret: true,
    standIn: 'stands-in-for-a-secret',
  }),
  quorumUsers: optional({
    variable: 'ZK_QUORUM_USERS',
    group: 'login',
    kind: users,
    words: 'ZK_QUORUM_USER alone',
    meaning:
      'Further users that members accept from each other, lines of user:password, while the password is being changed; best by ZK_QUORUM_USERS_FILE.',
    goesTo: 'JAAS file QuorumServer',
    secret: true,
    standIn: UNKNOWN_USERS,
  }),
  quorumLogin: optional({
    variable: 'ZK_QUORUM_LOGIN',
    group: 'login',
    kind: oneOf(['off', 'accept', 'both', 'require']),
    words: 'require where there is ZK_QUORUM_USER or a keytab, else off',
    meaning:
      'Whether members log in to each other. off: no. accept: no, but a login is accepted. both: yes, but peers without a login are accepted. require: every member must. A running ensemble takes one step after the other, each rolled out to all members.',
    goesTo: 'zoo.cfg quorum.auth.*',
  }),
  clientUsers: optional({
    variable: 'ZK_CLIENT_USERS',
    group: 'login',
    kind: users,
    words: 'no password of clients',
    meaning:
      'The users who may log in as clients (SASL, DIGEST-MD5), one user:password on each line. Best set by ZK_CLIENT_USERS_FILE. This program logs in as the first user.',
    goesTo: 'JAAS file Server, Client',
    secret: true,
    standIn: UNKNOWN_USERS,
  }),
  clientLogin: optional({
    variable: 'ZK_CLIENT_LOGIN',
    group: 'login',
    kind: oneOf(['off', 'accept', 'require']),
    words: 'require where there is ZK_CLIENT_USERS or a keytab, else off',
    meaning:
      'Whether clients log in. off: they cannot. accept: they may. require: they must. Without users and keytab, require means that clients must show a certificate.',
    goesTo: 'zoo.cfg authProvider.sasl, enforce.auth.*',
  }),
  superUser: optional({
    variable: 'ZK_SUPER_USER',
    group: 'login',
    kind: userName,
    words: 'nobody',
    meaning:
      'A user of ZK_CLIENT_USERS or the name of a Kerberos principal. This user may do everything to every node.',
    goesTo: 'zoo.cfg superUser',
  }),
  superDigest: optional({
    variable: 'ZK_SUPER_DIGEST',
    group: 'login',
    kind: superDigest,
    words: 'nobody',
    meaning:
      'What the password of the super user is compared with, as super:<digest>; best by ZK_SUPER_DIGEST_FILE.',
    goesTo: 'zoo.cfg DigestAuthenticationProvider.superDigest',
    secret: true,
    standIn: 'super:AAAAAAAAAAAAAAAAAAAAAAAAAAA=',
  }),
  keytab: optional({
    variable: 'ZK_KERBEROS_KEYTAB',
    group: 'login',
    kind: absolutePath,
    words: 'no Kerberos',
    meaning: 'A mounted keytab with the key of ZK_KERBEROS_PRINCIPAL: for clients, and between members.',
    goesTo: 'JAAS file Server, QuorumServer, QuorumLearner',
  }),
  kerberosPrincipal: row({
    variable: 'ZK_KERBEROS_PRINCIPAL',
    group: 'login',
    kind: principal,
    fallback: always('zookeeper/_HOST'),
    meaning: 'Who a member is to Kerberos. _HOST becomes its host name as the other members have it.',
    goesTo: 'JAAS file, zoo.cfg quorum.auth.kerberos.servicePrincipal',
  }),
  kerberosConf: optional({
    variable: 'ZK_KERBEROS_CONF',
    group: 'login',
    kind: absolutePath,
    words: '/etc/krb5.conf',
    meaning: 'A mounted krb5.conf: the realm and where its KDC is.',
    goesTo: 'java command -Djava.security.krb5.conf',
  }),
};
