import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';

/** The result of looking up the own name. */
export type OwnAddress =
  | { readonly kind: 'ours' }
  | { readonly kind: 'elsewhere'; readonly addresses: readonly string[] }
  | { readonly kind: 'unresolved'; readonly problem: string };

/** Looks up a name of this member's own; an address stands for itself. Done after `timeoutMs` at the latest. */
export async function lookUpOwnName(host: string, timeoutMs: number): Promise<OwnAddress> {
  const late = Promise.withResolvers<OwnAddress>();
  const timer = setTimeout(
    () => late.resolve({ kind: 'unresolved', problem: 'the resolver does not answer' }),
    timeoutMs,
  );
  try {
    return await Promise.race([resolved(host), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

async function resolved(host: string): Promise<OwnAddress> {
  if (isIP(host) !== 0) return judge([host]);
  try {
    // It loads slowly, and a single member looks up no name.
    const { lookup } = process.getBuiltinModule('node:dns/promises');
    return judge((await lookup(host, { all: true })).map(({ address }) => address));
  } catch (error) {
    return { kind: 'unresolved', problem: (error as NodeJS.ErrnoException).code ?? 'it does not resolve' };
  }
}

function judge(addresses: readonly string[]): OwnAddress {
  return addresses.some(isOurs) ? { kind: 'ours' } : { kind: 'elsewhere', addresses };
}

/** All of 127.0.0.0/8 is this machine, whichever of them the interface names. */
function isOurs(address: string): boolean {
  if (address.startsWith('127.')) return true;
  return Object.values(networkInterfaces()).some((all) => all?.some((each) => each.address === address));
}
