import { hostname, networkInterfaces } from 'node:os';
import type { Machine } from '../../preparation/machine.ts';
import type { Variables } from '../../settings/read-row.ts';
import { describeErrno } from '../errno.ts';
import { atMost, readText } from '../files/read-file.ts';
import { readMemory } from './cgroup.ts';
import { findDistribution } from './distribution.ts';
import { findDomain } from './domain.ts';
import { findClassArchive, findJava, readJavaRelease } from './java.ts';

/** The machine this process runs on, with its own variables or those of another process. */
export function thisMachine(variables: Variables = process.env): Machine {
  return {
    variables,
    hostName: hostname(),
    memory: readMemory(),
    readText: textOf,
    ownAddresses,
    findDomain: (hostName) => findDomain(hostName),
    findDistribution,
    findClassArchive,
    // Rare, and node:tls takes its time to load.
    inspectTlsStore: async (question) => (await import('../tls/tls-store.ts')).inspectTlsStore(question),
    trustsCertificate: async (own, trust) =>
      (await import('../tls/tls-trust.ts')).trustsCertificate(own, trust),
    readJavaRelease,
    findJava: (javaHome) => findJava({ javaHome, path: variables['PATH'] ?? '' }),
  };
}

function ownAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((interfaces) => interfaces ?? []);
  return all.filter(({ internal }) => !internal).map(({ address }) => address);
}

function textOf(path: string): ReturnType<Machine['readText']> {
  try {
    return { ok: true, text: readText(path, { maxBytes: atMost.textBytes }) };
  } catch (error) {
    return { ok: false, problem: describeErrno(error) };
  }
}
