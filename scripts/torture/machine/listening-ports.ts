/** TCP_LISTEN of the kernel's include/net/tcp_states.h. */
const LISTEN = '0A';

/** The ports that something listens on, from the text of /proc/net/tcp and tcp6. */
export function listeningPorts(tables: string): number[] {
  const rows = tables.split('\n').map((row) => row.trim().split(/\s+/));
  const listening = rows.filter(([, , , state]) => state === LISTEN);
  return listening.map(([, local = '']) => Number.parseInt(local.split(':')[1] ?? '', 16));
}
