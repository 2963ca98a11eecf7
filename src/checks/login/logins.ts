import { type Finding, finding } from '../../findings/finding.ts';
import { areUnknown, passwordProblem, type User } from '../../settings/kinds/users.ts';
import { clientLoginOf, clientProof, jaasPath, loginLines, quorumProof } from '../../settings/logins.ts';
import { isKnownTo } from '../../zookeeper/keys.ts';
import { formatRelease } from '../../zookeeper/release.ts';
import { systemProperty } from '../keys-in-effect.ts';
import type { SettingFacts } from '../setting-facts.ts';

/** What the settings of logins contradict, what the release cannot, and what the files of Kerberos lack. */
export function loginFindings(facts: SettingFacts): Finding[] {
  return [
    ...betweenMembers(facts),
    ...ofClients(facts),
    ...writtenTwice(facts),
    ...releaseFindings(facts),
    ...kerberosFindings(facts),
  ];
}

function contradiction(subject: string, problem: string, remedy: string): Finding {
  return finding('ZK-LOGIN-001', { subject, problem, remedy });
}

function betweenMembers({ settings }: SettingFacts): Finding[] {
  const { quorumUser: user, quorumPassword, quorumUsers = [], quorumLogin, keytab, membership } = settings;
  const found: Finding[] = [];
  if (user !== undefined && quorumPassword === undefined)
    found.push(
      contradiction(
        'ZK_QUORUM_USER',
        `is ${user}, but its password is not set`,
        'mount the password as a file and name it with ZK_QUORUM_PASSWORD_FILE',
      ),
    );
  for (const [variable, isGiven] of [
    ['ZK_QUORUM_PASSWORD', quorumPassword !== undefined],
    ['ZK_QUORUM_USERS', quorumUsers.length > 0],
  ] as const)
    if (user === undefined && isGiven)
      found.push(
        contradiction(variable, 'is given without ZK_QUORUM_USER', 'set ZK_QUORUM_USER, or remove it'),
      );
  const weak =
    user === undefined || quorumPassword === undefined ? undefined : passwordProblem(quorumPassword, user);
  if (weak !== undefined)
    found.push(
      contradiction(
        'ZK_QUORUM_PASSWORD',
        weak,
        'make a random one, for example with: openssl rand -base64 24',
      ),
    );
  if (quorumUsers.some(({ name, password }) => name === user && password !== quorumPassword))
    found.push(
      contradiction(
        'ZK_QUORUM_USERS',
        `gives ${user} another password than ZK_QUORUM_PASSWORD`,
        'a user has one password; for a new one take a new user, as docs/logins.md says',
      ),
    );
  if (quorumLogin !== undefined && quorumLogin !== 'off' && quorumProof(settings) === undefined)
    found.push(
      contradiction(
        'ZK_QUORUM_LOGIN',
        `is ${quorumLogin}, but ZK_QUORUM_USER and ZK_KERBEROS_KEYTAB are not set`,
        'set one of them, or leave ZK_QUORUM_LOGIN out',
      ),
    );
  // QuorumPeer.initialize collects the hosts that may log in once, at its start.
  if (membership === 'dynamic' && quorumProof(settings) === 'kerberos')
    found.push(
      contradiction(
        keytab === undefined ? 'ZK_QUORUM_LOGIN' : 'ZK_KERBEROS_KEYTAB',
        'also applies to the members, and with ZK_MEMBERSHIP=dynamic the serving members would refuse every new member',
        'set ZK_QUORUM_LOGIN=off and let members know each other by TLS, or by ZK_QUORUM_USER',
      ),
    );
  return found;
}

function ofClients({ settings }: SettingFacts): Finding[] {
  const { clientLogin, clientUsers, superUser, membership } = settings;
  const proof = clientProof(settings);
  const found: Finding[] = [];
  if (clientLogin !== undefined && clientLogin !== 'off' && proof === undefined)
    found.push(
      contradiction(
        'ZK_CLIENT_LOGIN',
        `is ${clientLogin}, but no way to log in is set for clients`,
        'set ZK_CLIENT_USERS_FILE or ZK_KERBEROS_KEYTAB, or ask for certificates with ZK_TLS_DIR',
      ),
    );
  if (superUser !== undefined && proof === 'password' && !isKnown(superUser, clientUsers))
    found.push(
      contradiction(
        'ZK_SUPER_USER',
        `is ${superUser}, which is not a user of ZK_CLIENT_USERS`,
        'add a line for that user',
      ),
    );
  if (superUser !== undefined && (proof === undefined || proof === 'certificate'))
    found.push(
      contradiction(
        'ZK_SUPER_USER',
        `is ${superUser}, but clients do not log in with names`,
        'set ZK_CLIENT_USERS_FILE',
      ),
    );
  // The supervisor changes the members through its own server, and knows no Kerberos.
  if (membership === 'dynamic' && proof === 'kerberos' && clientLoginOf(settings) === 'require')
    found.push(
      contradiction(
        'ZK_KERBEROS_KEYTAB',
        'is what every client must log in by, and with ZK_MEMBERSHIP=dynamic this program is a client that has no Kerberos',
        'set ZK_CLIENT_LOGIN=accept, or ZK_MEMBERSHIP=static',
      ),
    );
  return found;
}

function isKnown(user: string, users: readonly User[] = []): boolean {
  return areUnknown(users) || users.some(({ name }) => name === user);
}

function writtenTwice(facts: SettingFacts): Finding[] {
  const { settings, given = settings, distribution } = facts;
  const found = given.extraConfig.flatMap(([key]) => {
    if (key === 'fips-mode') return [];
    const decided = loginLines(given, distribution?.release).find(({ line }) => line[0] === key);
    return decided === undefined
      ? []
      : [
          contradiction(
            'ZK_EXTRA_CONFIG',
            `has ${key}, which ${decided.variable} already sets`,
            'remove it there, or remove the settings for logins and write all keys of SASL by hand',
          ),
        ];
  });
  const flag = systemProperty({ ...facts, settings: given }, 'java.security.auth.login.config');
  if (flag === undefined || jaasPath(given) === undefined) return found;
  return [
    ...found,
    contradiction(
      flag.subject,
      'names a JAAS file, and the settings of logins make one already',
      'remove -Djava.security.auth.login.config, or leave the settings of logins out',
    ),
  ];
}

function releaseFindings({ settings, distribution }: SettingFacts): Finding[] {
  const isForced = clientProof(settings) !== undefined && clientLoginOf(settings) === 'require';
  if (distribution === undefined || !isForced || isKnownTo(distribution.release, 'enforce.auth.enabled'))
    return [];
  return [
    finding('ZK-LOGIN-002', {
      subject: settings.clientLogin === undefined ? 'ZK_CLIENT_USERS' : 'ZK_CLIENT_LOGIN',
      problem: `wants every client to log in, which ZooKeeper ${formatRelease(distribution.release)} cannot demand`,
      remedy:
        'use ZooKeeper 3.7 or later, or set ZK_CLIENT_LOGIN=accept: then clients without a login are accepted too',
    }),
  ];
}

function kerberosFindings({ settings, ensemble, podFiles }: SettingFacts): Finding[] {
  const { keytab: path, kerberosPrincipal, kerberosConf } = settings;
  const isUsed = quorumProof(settings) === 'kerberos' || clientProof(settings) === 'kerberos';
  if (path === undefined || !isUsed || podFiles === undefined) return [];
  const unusable = (subject: string, problem: string, remedy: string) =>
    finding('ZK-LOGIN-004', { subject, problem, remedy });
  const found: Finding[] = [];
  const conf = kerberosConf === undefined ? undefined : podFiles.readText(kerberosConf);
  if (conf?.ok === false)
    found.push(
      unusable('ZK_KERBEROS_CONF', `is ${kerberosConf}, which ${conf.problem}`, 'mount krb5.conf there'),
    );
  const { keytab } = podFiles;
  if (keytab?.ok === false)
    found.push(
      unusable('ZK_KERBEROS_KEYTAB', `is ${path}, which ${keytab.problem}`, 'mount the keytab there'),
    );
  if (keytab?.ok !== true) return found;
  const wanted = kerberosPrincipal.replace('_HOST', ensemble?.self.host ?? '_HOST');
  const holds = keytab.principals.some((each) => each === wanted || each.replace(/@.*$/, '') === wanted);
  if (!holds && ensemble !== undefined)
    found.push(
      unusable(
        'ZK_KERBEROS_KEYTAB',
        `is ${path}, which has no key for ${wanted}; it has ${keytab.principals.length === 0 ? 'no keys' : `keys for ${keytab.principals.join(', ')}`}`,
        'add the key of this member with ktadd, or correct ZK_KERBEROS_PRINCIPAL',
      ),
    );
  if (keytab.isReadableByAll)
    found.push(
      finding('ZK-LOGIN-005', {
        subject: 'ZK_KERBEROS_KEYTAB',
        problem: `is ${path}, which can be read by every user of the container`,
        remedy: 'mount the Secret with defaultMode: 0440, and set fsGroup to the group of ZooKeeper',
      }),
    );
  return found;
}
