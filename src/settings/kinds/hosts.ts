import { shortened } from '../../text/some-of.ts';
import { type Kind, parsed, rejected } from './kind.ts';

const LABEL = /^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?$/i;
const LONGEST_LABEL = 63;
const LONGEST_NAME = 253;
/** What a resolver would take for an address written in an old way: 2181 is 0.0.8.133 (inet_aton). */
const NUMERIC = /^(\d+|0x[0-9a-f]*)$/i;

/** True for four decimal numbers up to 255; 010.0.0.1 is not one, since programs differ over its first number. */
export function isIPv4(text: string): boolean {
  return /^((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(?!$)|$)){4}$/.test(text);
}

/** True for an IPv6 address, with the name of its interface or without; read as the brackets of a URL are (RFC 3986). */
export function isIPv6(text: string): boolean {
  const [, address] = /^([0-9a-f:.]+)(?:%[\w.-]+)?$/i.exec(text) ?? [];
  return address !== undefined && URL.canParse(`http://[${address}]/`);
}

/**
 * The host as it is compared: in small letters, an IPv6 address in its shortest form (RFC 5952), and an IPv4 address that is
 * written as one of IPv6 as what it is (java.net.Inet6Address makes it one too).
 */
export function canonicalHost(host: string): string {
  if (!host.includes(':') || !URL.canParse(`http://[${host}]`)) return host.toLowerCase();
  const address = new URL(`http://[${host}]`).hostname.slice(1, -1);
  const [, high, low] = /^::ffff:([0-9a-f]+):([0-9a-f]+)$/.exec(address) ?? [];
  if (high === undefined || low === undefined) return address;
  const bytes = [high, low].flatMap((part) => [
    Number.parseInt(part, 16) >> 8,
    Number.parseInt(part, 16) & 255,
  ]);
  return bytes.join('.');
}

/**
 * Why this is no host, to follow its text in a sentence; undefined for a DNS name or an IPv4 address. A name whose last
 * label is a number would be taken for an address (RFC 3696, section 2).
 */
export function hostProblem(text: string): string | undefined {
  if (isIPv4(text)) return undefined;
  const last = text.split('.').at(-1) as string;
  if (NUMERIC.test(last)) return text === last ? 'is a number, not a host' : 'is not an IPv4 address';
  return dnsProblem(text);
}

/** Labels of letters, digits, dashes and underscores, at most 63 characters each and 253 together (RFC 1035). */
function dnsProblem(text: string): string | undefined {
  if (text.length > LONGEST_NAME)
    return `has ${text.length} characters, and a DNS name has at most ${LONGEST_NAME}`;
  const labels = text.split('.');
  const long = labels.find((label) => label.length > LONGEST_LABEL);
  if (long !== undefined)
    return `has a part of ${long.length} characters between two dots, and at most ${LONGEST_LABEL} are allowed`;
  return labels.every((label) => LABEL.test(label)) ? undefined : 'is not a DNS name';
}

/** A DNS name such as zk-headless.default.svc.cluster.local; a final dot is dropped. */
export const dnsName: Kind<string> = {
  description: 'DNS name',
  format: String,
  parse(text) {
    const name = text.replace(/\.$/, '');
    const problem = isIPv4(name) ? 'is an address, not a DNS name' : hostProblem(name);
    return problem === undefined
      ? parsed(name)
      : rejected(problem, 'give a name such as zk-headless.default.svc.cluster.local');
  },
};

/** A pod's name: a DNS subdomain (Kubernetes, "Object Names and IDs"), which a number may be too. */
export const podName: Kind<string> = {
  description: 'name of a pod',
  format: String,
  parse(text) {
    const problem = dnsProblem(text.replace(/\.$/, ''));
    return problem === undefined
      ? parsed(text.replace(/\.$/, ''))
      : rejected(problem, 'give a name such as zk-0');
  },
};

/** One address or name of this machine to bind to; brackets around IPv6 are dropped, and a port is refused. */
export const bindAddress: Kind<string> = {
  description: 'IP address or DNS name, without a port',
  format: String,
  parse(text) {
    const address = /^\[(.*)\]$/.exec(text)?.[1] ?? text;
    if (isIPv6(address)) return parsed(address);
    const [, before, port] = /^(.*[^:]):(\d+)$/.exec(text) ?? [];
    if (before !== undefined)
      return rejected(
        `ends in the port ${shortened(port as string)}`,
        `give the address alone: ${shortened(before)}`,
      );
    const problem =
      address === text ? hostProblem(text.replace(/\.$/, '')) : 'has no IPv6 address in its brackets';
    return problem === undefined
      ? parsed(text.replace(/\.$/, ''))
      : rejected(problem, 'give an address such as 0.0.0.0, 127.0.0.1 or ::1, or a DNS name');
  },
};
