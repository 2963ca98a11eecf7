import type { HealthConnection } from './health-connection.ts';

/** How many new connections, and connections with a running answer, may be open: a multiple of the idle or slow ones. */
const AT_ALL = 4;
/** The time for a request to arrive after its connection. */
const GRACE_MS = 20;

/** The open connections of the health endpoint: no flood of them may keep the kubelet out. */
export class Crowd {
  readonly #most: number;
  readonly #open = new Set<HealthConnection>();
  #isMakingRoom = false;

  constructor(most: number) {
    this.#most = most;
  }

  /** Closes others a moment later, so that new connections can send their requests first; at once above the absolute limit. */
  enter(connection: HealthConnection): void {
    this.#open.add(connection);
    if (this.#open.size > AT_ALL * this.#most) return this.#makeRoom();
    if (this.#open.size <= this.#most || this.#isMakingRoom) return;
    this.#isMakingRoom = true;
    setTimeout(() => this.#makeRoom(), GRACE_MS).unref();
  }

  leave(connection: HealthConnection): void {
    this.#open.delete(connection);
  }

  dropAll(): void {
    for (const connection of this.#open) connection.drop();
  }

  /** The address with the most connections loses its oldest first, so that a flood closes its own connections. */
  #makeRoom(): void {
    this.#isMakingRoom = false;
    const all = [...this.#open];
    this.#drop(
      all.filter(({ isBeingAnswered }) => !isBeingAnswered),
      this.#most,
    );
    this.#drop(all.toReversed(), AT_ALL * this.#most);
  }

  #drop(from: readonly HealthConnection[], most: number): void {
    const crowds = Object.values(Object.groupBy(from, ({ address }) => address)) as HealthConnection[][];
    while (this.#open.size > most) {
      const [largest] = crowds.sort((one, other) => other.length - one.length);
      const connection = largest?.shift();
      if (connection === undefined) return;
      connection.drop();
      this.#open.delete(connection);
    }
  }
}
