import { ADMIN, type Entries } from './entry.ts';

/** What is open to more than it should be: connections, words, the AdminServer. */
export const exposureEntries = {
  'ZK-CLIENT-002': {
    meaning:
      'The number of connections from one address is not limited, so one client can use up all of them.',
    remedy: 'Set ZK_MAX_CLIENT_CNXNS to what the busiest address needs; 60 is the default.',
    link: `${ADMIN}#sc_advancedConfiguration`,
  },
  'ZK-CLIENT-003': {
    meaning:
      'Every four-letter word is answered, also those that show the environment or cost a walk over all watches.',
    remedy: 'Name the words that are needed in ZK_4LW_WHITELIST; those that probes need are always answered.',
    link: `${ADMIN}#sc_4lw`,
  },
  'ZK-CLIENT-004': {
    meaning:
      'The AdminServer listens on all addresses, without a password; from 3.9 it hands out and takes in whole snapshots.',
    remedy:
      'Bind it to loopback with admin.serverAddress=127.0.0.1 in ZK_EXTRA_CONFIG, or leave ZK_ADMIN_PORT at 0.',
    link: `${ADMIN}#sc_adminserver`,
  },
} satisfies Entries;
