/** Where this pod's own probes reach a listener: its address, or loopback when it is bound to all of them. */
export function loopbackOf(bindAddress: string | undefined): string {
  if (bindAddress === undefined || bindAddress === '0.0.0.0' || bindAddress === '::') return '127.0.0.1';
  return bindAddress;
}
