import { milliseconds, ticks } from '../kinds/numbers.ts';
import { always, asItIs, row } from '../row.ts';

/** The clock of the ensemble; all members must agree on it. */
export const timeRows = {
  tickTimeMs: row({
    variable: 'ZK_TICK_TIME',
    group: 'time',
    kind: milliseconds(),
    fallback: always(2_000),
    meaning: 'The tick, the unit of every other time limit.',
    zooCfg: { tickTime: asItIs },
  }),
  initLimitTicks: row({
    variable: 'ZK_INIT_LIMIT',
    group: 'time',
    kind: ticks(),
    fallback: always(10),
    meaning: 'How many ticks a follower may take to connect and to load the state of the leader.',
    zooCfg: { initLimit: asItIs },
  }),
  syncLimitTicks: row({
    variable: 'ZK_SYNC_LIMIT',
    group: 'time',
    kind: ticks(),
    fallback: always(5),
    meaning: 'How many ticks a follower may lag. A dead leader is detected after this time.',
    zooCfg: { syncLimit: asItIs },
  }),
  minSessionTimeoutMs: row({
    variable: 'ZK_MIN_SESSION_TIMEOUT',
    group: 'time',
    kind: milliseconds(),
    fallback: { kind: 'derived', words: '2 × ZK_TICK_TIME', from: ({ tickTimeMs }) => 2 * tickTimeMs },
    meaning: 'The shortest session timeout a client may ask for.',
    zooCfg: { minSessionTimeout: asItIs },
  }),
  maxSessionTimeoutMs: row({
    variable: 'ZK_MAX_SESSION_TIMEOUT',
    group: 'time',
    kind: milliseconds(),
    fallback: { kind: 'derived', words: '20 × ZK_TICK_TIME', from: ({ tickTimeMs }) => 20 * tickTimeMs },
    meaning: 'The longest session timeout a client may ask for.',
    zooCfg: { maxSessionTimeout: asItIs },
  }),
};
