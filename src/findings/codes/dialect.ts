import { ADMIN, type CodeRow } from './row.ts';

const CONFIGURATION = `${ADMIN}#sc_configuration` as const;

/** Codes about names and places of other images. */
export const dialectCodes = {
  'ZK-DIALECT-001': {
    severity: 'error',
    meaning: 'Variables of two other images are set, and one image reads only one kind.',
    remedy:
      'Remove the names that your last image did not read. `render --from` shows what either kind becomes.',
    link: CONFIGURATION,
  },
  'ZK-DIALECT-002': {
    severity: 'error',
    meaning: 'A name of another image and our own name for the same setting have different values.',
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
    meaning: 'A name does nothing here and did nothing on the image it was written for.',
    remedy: 'Set the name that was meant, or remove it. What it was to do has perhaps never been done.',
    link: CONFIGURATION,
  },
  'ZK-DIALECT-006': {
    severity: 'note',
    meaning: 'A name of another image needs no setting here.',
    remedy: 'Remove it when you like.',
    link: CONFIGURATION,
  },
  'ZK-DIALECT-007': {
    severity: 'note',
    meaning: 'A default of this program differs from the default of the image that the names are for.',
    remedy: 'Set the values that you want to keep.',
    link: CONFIGURATION,
  },
  'ZK-DIALECT-008': {
    severity: 'error',
    meaning: 'Two places hold the data of a server: the one of another image, and ours.',
    remedy: 'Mount one volume alone, or name the directories that count. Nothing is moved.',
    link: `${ADMIN}#sc_dataFileManagement`,
  },
  'ZK-DIALECT-009': {
    severity: 'warning',
    meaning: 'A name of another image does something else here than on the image it was written for.',
    remedy: 'Check that the difference suits you. The message says what it is.',
    link: CONFIGURATION,
  },
} as const satisfies Readonly<Record<string, CodeRow>>;
