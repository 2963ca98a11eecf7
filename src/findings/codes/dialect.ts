import { ADMIN, type CodeRow } from './row.ts';

const CONFIGURATION = `${ADMIN}#sc_configuration` as const;

/** Codes about names and places of other images. */
export const dialectCodes = {
  'ZK-DIALECT-001': {
    severity: 'error',
    meaning: 'Variables of two other images are set. Each image reads only its own.',
    remedy:
      'Remove the names that your last image did not read. `render --from` shows the result of each kind.',
    link: CONFIGURATION,
  },
  'ZK-DIALECT-002': {
    severity: 'error',
    meaning:
      'A name of another image and the name of zk-entrypoint for the same setting have different values.',
    remedy: 'Keep one of the two names.',
    link: CONFIGURATION,
  },
  'ZK-DIALECT-004': {
    severity: 'warning',
    meaning: 'A name of another image has no setting here.',
    remedy: 'Do what the message says instead.',
    link: CONFIGURATION,
  },
  'ZK-DIALECT-005': {
    severity: 'warning',
    meaning: 'A name has no effect here, and had no effect on the image it was written for.',
    remedy: 'Set the right name, or remove this one. It has probably never had an effect.',
    link: CONFIGURATION,
  },
  'ZK-DIALECT-006': {
    severity: 'note',
    meaning: 'A name of another image needs no setting here.',
    remedy: 'Remove it at any time.',
    link: CONFIGURATION,
  },
  'ZK-DIALECT-007': {
    severity: 'note',
    meaning: 'A default of zk-entrypoint differs from the default of the other image.',
    remedy: 'Set the values that you want to keep.',
    link: CONFIGURATION,
  },
  'ZK-DIALECT-008': {
    severity: 'error',
    meaning: 'Two places hold data of a server: the place of another image, and the place of zk-entrypoint.',
    remedy: 'Mount only one of the volumes, or set ZK_DATA_DIR and ZK_DATA_LOG_DIR. No file is moved.',
    link: `${ADMIN}#sc_dataFileManagement`,
  },
  'ZK-DIALECT-009': {
    severity: 'warning',
    meaning: 'A name of another image has a different effect here.',
    remedy: 'Read the difference in the message, and check that it is acceptable.',
    link: CONFIGURATION,
  },
} as const satisfies Readonly<Record<string, CodeRow>>;
