import { execFile } from 'node:child_process';
import { atMost, readText } from '../files/read-file.ts';

const RESOLVER_MS = 5_000;

/**
 * The domain this machine knows for its own name, as `hostname -d` finds it: the canonical name in the hosts file
 * first (there the kubelet writes a StatefulSet pod's full name), then what the resolver says, within five seconds.
 */
export async function findDomain(hostName: string, hostsFile = '/etc/hosts'): Promise<string | undefined> {
  return domainInHosts(readHosts(hostsFile), hostName) ?? (await askResolver(hostName));
}

function readHosts(path: string): string {
  try {
    return readText(path, { maxBytes: atMost.listBytes });
  } catch {
    return '';
  }
}

/** The domain of the first hosts line that has the name: its canonical name comes first, aliases after it. */
export function domainInHosts(hosts: string, hostName: string): string | undefined {
  for (const line of hosts.split('\n')) {
    const [, ...names] = (line.split('#')[0] as string).trim().split(/\s+/);
    if (!names.includes(hostName) && !names.some((name) => name.startsWith(`${hostName}.`))) continue;
    const full = names.find((name) => name.startsWith(`${hostName}.`) && !name.endsWith('.localdomain'));
    if (full !== undefined) return full.slice(hostName.length + 1).replace(/\.$/, '');
  }
  return undefined;
}

/** libc's own resolver, through the `hostname` program: Node has no way to ask for a canonical name. */
async function askResolver(hostName: string): Promise<string | undefined> {
  const full = await new Promise<string>((said) =>
    execFile('hostname', ['-f'], { timeout: RESOLVER_MS }, (_, stdout) => said(stdout.trim())),
  );
  return full.startsWith(`${hostName}.`) ? full.slice(hostName.length + 1) : undefined;
}
