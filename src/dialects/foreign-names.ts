import type { Variables } from '../settings/read-row.ts';

/** Names of other images that begin with neither of the two prefixes: Bitnami's consents, and Confluent's JVM. */
const WHOLE =
  /^(ALLOW_ANONYMOUS_LOGIN|ALLOW_EMPTY_PASSWORD|KAFKA_(HEAP_OPTS|OPTS|JMX_PORT|JMX_HOSTNAME|JMX_OPTS))(_FILE)?$/;

/** What Kubernetes injects for a Service whose name begins with `zoo` (service links), with the name cut off. */
const SERVICE_LINK =
  /_(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT_\d+_(TCP|UDP|SCTP)(_(ADDR|PORT|PROTO))?)$/;

/** Words first: a regular expression that is asked hundreds of times is compiled, which takes longer than all the rest. */
function isServiceLink(name: string, value: string): boolean {
  if (value.includes('://') && /^(tcp|udp|sctp):\/\//.test(value)) return true;
  return (name.includes('_SERVICE_') || name.includes('_PORT_')) && SERVICE_LINK.test(name);
}

/**
 * The variables that only another image's entrypoint reads, with their values; empty ones count as unset. Service links
 * are left out: a Service called `zookeeper` alone makes a dozen of them in every pod of its namespace.
 */
export function foreignNames(variables: Variables): (readonly [name: string, value: string])[] {
  const found: [string, string][] = [];
  for (const name of Object.keys(variables)) {
    // Two letters first: this is asked of every variable at every start.
    if (!(name.startsWith('ZO') || name.startsWith('AL') || name.startsWith('KA'))) continue;
    if (!(name.startsWith('ZOO_') || name.startsWith('ZOOKEEPER_') || WHOLE.test(name))) continue;
    const value = variables[name]?.trim();
    if (!value || isServiceLink(name, value)) continue;
    found.push([name, value]);
  }
  return found;
}

/** True for a name of another image whose value is a password, or may hold one; a JVM must not inherit it. */
export function isForeignSecret(name: string): boolean {
  return (
    /^ZOO(KEEPER)?_\w*PASSWORDS?$/.test(name) ||
    /^ZOO_CFG_/.test(name) ||
    /^KAFKA_(OPTS|HEAP_OPTS|JMX_OPTS)$/.test(name)
  );
}
