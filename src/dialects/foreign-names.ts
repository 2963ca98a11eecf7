import type { Variables } from '../settings/read-row.ts';

/** Names of other images without the prefixes ZOO_ and ZOOKEEPER_: two of Bitnami's, and Confluent's for the JVM. */
const WHOLE =
  /^(ALLOW_ANONYMOUS_LOGIN|ALLOW_EMPTY_PASSWORD|KAFKA_(HEAP_OPTS|OPTS|JMX_PORT|JMX_HOSTNAME|JMX_OPTS))(_FILE)?$/;

/** The ends of variables that Kubernetes sets for a Service whose name begins with `zoo` (service links). */
const SERVICE_LINK =
  /_(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT_\d+_(TCP|UDP|SCTP)(_(ADDR|PORT|PROTO))?)$/;

/** Compares words first: V8 compiles an expression that runs hundreds of times, which takes longer than all the rest. */
function isServiceLink(name: string, value: string): boolean {
  if (value.includes('://') && /^(tcp|udp|sctp):\/\//.test(value)) return true;
  return (name.includes('_SERVICE_') || name.includes('_PORT_')) && SERVICE_LINK.test(name);
}

/**
 * The variables that the entrypoint of another image reads, with their values. An empty variable counts as not set.
 * Service links are left out: one Service with the name `zookeeper` makes a dozen in every pod of its namespace.
 */
export function foreignNames(variables: Variables): (readonly [name: string, value: string])[] {
  const found: [string, string][] = [];
  for (const name of Object.keys(variables)) {
    // The first two letters are compared first, because every start runs this for every variable.
    if (!(name.startsWith('ZO') || name.startsWith('AL') || name.startsWith('KA'))) continue;
    if (!(name.startsWith('ZOO_') || name.startsWith('ZOOKEEPER_') || WHOLE.test(name))) continue;
    const value = variables[name]?.trim();
    if (!value || isServiceLink(name, value)) continue;
    found.push([name, value]);
  }
  return found;
}

/** True for a name of another image whose value is or may contain a password. The JVM must not inherit it. */
export function isForeignSecret(name: string): boolean {
  return (
    /^ZOO(KEEPER)?_\w*PASSWORDS?$/.test(name) ||
    /^ZOO_CFG_/.test(name) ||
    /^KAFKA_(OPTS|HEAP_OPTS|JMX_OPTS)$/.test(name)
  );
}
