import { defineConfig } from 'vitest/config';

/** What vitest asks for where projects have unlike numbers of workers: one after the other, in this order; the fast ones come first, with 0. */
const [PROCESSES, SERVERS] = [1, 2] as const;

/** Unit tests are pure and fast; those of the host use files and sockets; the others start real processes and get the time a real JVM needs. */
export default defineConfig({
  test: {
    reporters: ['default'],
    projects: [
      {
        test: {
          name: 'unit',
          // Properties take thousands of runs: on a machine with other work five seconds are not enough.
          testTimeout: 30_000,
          include: ['test/**/*.test.ts'],
          exclude: [
            'test/fuzz/**',
            'test/host/**',
            'test/process/**',
            'test/real-servers/**',
            'test/scripts/**',
            'test/container/**',
            'test/chart/**',
          ],
        },
      },
      {
        test: {
          name: 'host',
          testTimeout: 30_000,
          include: ['test/host/**/*.test.ts'],
        },
      },
      {
        test: {
          name: 'fuzz',
          include: ['test/fuzz/**/*.test.ts'],
          // A million inputs take their time; a reader that hangs is stopped by its own guard.
          testTimeout: 3_600_000,
        },
      },
      {
        test: {
          name: 'process',
          include: ['test/process/**/*.test.ts', 'test/scripts/**/*.test.ts', 'test/chart/**/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
          sequence: { groupOrder: PROCESSES },
        },
      },
      // Real servers mostly wait for each other: two files side by side leave most of one core idle.
      {
        test: {
          name: 'zookeeper',
          include: ['test/real-servers/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
          sequence: { groupOrder: SERVERS },
        },
      },
      {
        test: {
          name: 'container',
          include: ['test/container/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          maxWorkers: 2,
          sequence: { groupOrder: SERVERS },
        },
      },
    ],
  },
});
