import { ADMIN, type CodeRow } from './row.ts';

/** Problems with logins of clients and members. */
export const loginCodes = {
  'ZK-LOGIN-001': {
    severity: 'error',
    meaning: 'The settings for logins contradict each other, ZK_EXTRA_CONFIG or the flags of the JVM.',
    remedy:
      'Set a user and a password, or a keytab, for each side that must log in. Write keys of SASL in only one place.',
    link: `${ADMIN}#sc_authOptions`,
  },
  'ZK-LOGIN-002': {
    severity: 'error',
    meaning: 'This release of ZooKeeper does not support the settings for logins.',
    remedy: 'Use ZooKeeper 3.8 or 3.9, or leave the setting out.',
    link: `${ADMIN}#sc_authOptions`,
  },
  'ZK-LOGIN-003': {
    severity: 'error',
    meaning:
      'The members would turn logins on or off in a step that is too large. Restarted members could not talk to the members that still run the old mode.',
    remedy:
      'Roll out one step at a time to all members: off, accept, both, require. To go back, use the reverse order.',
    link: `${ADMIN}#sc_authOptions`,
  },
  'ZK-LOGIN-004': {
    severity: 'error',
    meaning:
      'The keytab or krb5.conf cannot be used: it is missing, damaged, or holds no key for this member.',
    remedy:
      'Mount the files so that the user of ZooKeeper can read them. The keytab must hold a key for the principal of each member.',
    link: `${ADMIN}#sc_authOptions`,
  },
  'ZK-LOGIN-005': {
    severity: 'warning',
    meaning: 'A keytab can be read by every user of the container.',
    remedy: 'Mount the Secret with defaultMode: 0440, and set fsGroup.',
    link: `${ADMIN}#sc_authOptions`,
  },
} as const satisfies Readonly<Record<string, CodeRow>>;
