import { createServer } from 'node:net';
import { type Finding, finding } from '../findings/finding.ts';
import { errorCode } from './errno.ts';

/**
 * Says so when the client port cannot be bound. Another server on it would answer our probes in the JVM's place, so
 * this is found out before there is a JVM.
 */
export function clientPortFindings(port: number, address: string | undefined): Promise<Finding[]> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(findingsOf(errorCode(error), port, address)));
    server.listen({ port, ...(address === undefined ? {} : { host: address }) }, () =>
      server.close(() => resolve([])),
    );
  });
}

const REASONS: Readonly<Record<string, [problem: string, remedy: string]>> = {
  EADDRINUSE: ['is taken by another program', 'stop that program, or set another port'],
  EACCES: ['may not be opened by this user', 'set a port from 1024 up'],
};

/** What else may go wrong is ZooKeeper's to say: an address may be one that only its own resolver knows. */
function findingsOf(code: string | undefined, port: number, address: string | undefined): Finding[] {
  const [problem, remedy] = REASONS[code ?? ''] ?? [];
  if (problem === undefined || remedy === undefined) return [];
  const where = address === undefined ? `${port}` : `${port} on ${address}`;
  return [finding('ZK-NETWORK-001', { subject: 'ZK_CLIENT_PORT', problem: `${where} ${problem}`, remedy })];
}
