import type { Ensemble } from '../ensemble/member.ts';
import type { User } from '../settings/kinds/users.ts';
import { clientProof, jaasPath, quorumProof } from '../settings/logins.ts';
import type { Settings } from '../settings/table.ts';
import type { PlanInput, RenderedFile } from './plan-input.ts';

/** The JAAS file with which servers and their peers log in; undefined if no login needs it. */
export function jaasFile({ settings, ensemble }: PlanInput): RenderedFile | undefined {
  const path = jaasPath(settings);
  if (path === undefined) return undefined;
  return { path, mode: 0o600, content: jaasText(settings, ensemble), onlyIfAbsent: false };
}

/**
 * What stands in it, a section for each side: ServerCnxnFactory reads Server, QuorumPeer reads QuorumServer and QuorumLearner, and
 * Client is for zkCli.sh in the same container.
 */
export function jaasText(settings: Settings, ensemble: Pick<Ensemble, 'self'> | undefined): string {
  const [clients, quorum] = [clientProof(settings), quorumProof(settings)];
  const { clientUsers = [], quorumUser: name, quorumPassword: password, quorumUsers = [] } = settings;
  const kerberos = krb5(settings, ensemble);
  const own = name === undefined || password === undefined ? [] : [{ name, password }];
  const [first] = clientUsers;
  const sections: [string, string][] = [];
  if (clients === 'password') {
    sections.push(['Server', digest(accepted(clientUsers))]);
    if (first !== undefined) sections.push(['Client', digest(loginOf(first))]);
  }
  if (clients === 'kerberos') sections.push(['Server', kerberos], ['Client', kerberos]);
  if (quorum === 'password') {
    const others = quorumUsers.filter((user) => user.name !== name);
    sections.push(['QuorumServer', digest(accepted([...own, ...others]))]);
    sections.push(['QuorumLearner', digest(own.flatMap(loginOf))]);
  }
  if (quorum === 'kerberos') sections.push(['QuorumServer', kerberos], ['QuorumLearner', kerberos]);
  return sections.map(([section, login]) => `${section} {\n  ${login};\n};\n`).join('');
}

const DIGEST_MODULE = 'org.apache.zookeeper.server.auth.DigestLoginModule';
const KERBEROS_MODULE = 'com.sun.security.auth.module.Krb5LoginModule';

function digest(options: readonly string[]): string {
  return [`${DIGEST_MODULE} required`, ...options].join('\n    ');
}

/** SaslServerCallbackHandler: the users of a server are its options `user_<name>`. */
function accepted(users: readonly User[]): string[] {
  return users.map(({ name, password }) => `${quoted(`user_${name}`)}=${quoted(password)}`);
}

function loginOf({ name, password }: User): string[] {
  return [`username=${quoted(name)}`, `password=${quoted(password)}`];
}

function krb5(
  { keytab = '', kerberosPrincipal }: Settings,
  ensemble: Pick<Ensemble, 'self'> | undefined,
): string {
  const principal = kerberosPrincipal.replace('_HOST', ensemble?.self.host ?? '_HOST');
  return [
    `${KERBEROS_MODULE} required`,
    'useKeyTab=true',
    'storeKey=true',
    'useTicketCache=false',
    `keyTab=${quoted(keytab)}`,
    `principal=${quoted(principal)}`,
  ].join('\n    ');
}

/** As java.io.StreamTokenizer reads a quoted text: the backslash escapes the quote and itself. */
function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
