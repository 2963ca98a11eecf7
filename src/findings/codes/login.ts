import { ADMIN, type CodeRow } from './row.ts';

/** What can be wrong with who logs in, and by what. */
export const loginCodes = {
  'ZK-LOGIN-001': {
    severity: 'error',
    meaning: 'The settings of logins contradict each other, or ZK_EXTRA_CONFIG, or the flags of the JVM.',
    remedy:
      'Set a user and a password, or a keytab, for each side that is to log in; write keys of SASL in one place alone.',
    link: `${ADMIN}#sc_authOptions`,
  },
  'ZK-LOGIN-002': {
    severity: 'error',
    meaning: 'This release of ZooKeeper cannot do what the settings of logins ask for.',
    remedy: 'Use ZooKeeper 3.8 or 3.9, or leave the setting out.',
    link: `${ADMIN}#sc_authOptions`,
  },
  'ZK-LOGIN-003': {
    severity: 'error',
    meaning:
      'The members would go over to logins, or back, in a step that is too large: members that are restarted could not speak to those that are not.',
    remedy:
      'Take one step after the other, each rolled out to all members: off, accept, both, require; and back the same way.',
    link: `${ADMIN}#sc_authOptions`,
  },
  'ZK-LOGIN-004': {
    severity: 'error',
    meaning:
      'The keytab or krb5.conf cannot be used: it is missing, damaged, or holds no key for this member.',
    remedy:
      'Mount the files, readable by the user that ZooKeeper runs as; the keytab holds a key for the principal of each member.',
    link: `${ADMIN}#sc_authOptions`,
  },
  'ZK-LOGIN-005': {
    severity: 'warning',
    meaning: 'A keytab can be read by every user of the container.',
    remedy: 'Mount the Secret with defaultMode: 0440, and set fsGroup.',
    link: `${ADMIN}#sc_authOptions`,
  },
} as const satisfies Readonly<Record<string, CodeRow>>;
