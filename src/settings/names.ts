import { type Finding, finding } from '../findings/finding.ts';
import { nearest } from '../text/nearest.ts';
import type { Variables } from './read-row.ts';
import { rows } from './table.ts';

/** ZooKeeper's own variables with the same prefix (bin/zkEnv.sh). */
const ZOOKEEPERS_OWN = new Set(['ZK_SERVER_HEAP', 'ZK_CLIENT_HEAP']);

/** What Kubernetes injects for every Service of the namespace whose name begins with `zk` (service links). */
const SERVICE_VARIABLE =
  /_(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT_\d+_(TCP|UDP|SCTP)(_(ADDR|PORT|PROTO))?)$/;

const KNOWN = new Set(rows.flatMap(([, { variable }]) => [variable, `${variable}_FILE`]));

/** A warning for each ZK_* name that does nothing, with the known name that is nearest to it. */
export function nameFindings(variables: Variables): Finding[] {
  return Object.entries(variables)
    .filter(([name, value]) => name.startsWith('ZK_') && value?.trim() && isUnknown(name, value))
    .map(([name]) => unknownName(name));
}

function isUnknown(name: string, value: string): boolean {
  if (KNOWN.has(name) || ZOOKEEPERS_OWN.has(name) || SERVICE_VARIABLE.test(name)) return false;
  return !(name.endsWith('_PORT') && /^(tcp|udp|sctp):\/\//.test(value.trim()));
}

function unknownName(name: string): Finding {
  const near = nearest(name, [...KNOWN]);
  return finding('ZK-SETTING-004', {
    subject: name,
    problem: 'is no name this program knows, so it does nothing',
    remedy:
      near === undefined ? 'remove it; `zk-entrypoint settings` lists every name' : `did you mean ${near}?`,
  });
}
