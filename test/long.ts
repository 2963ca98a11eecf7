/**
 * Whether tests that come in a short and a long form run the long one: `scripts/test --long`, which repeats what CI
 * proves with a sample.
 */
export const isLong = process.env['ZK_ENTRYPOINT_TEST_LONG'] === '1';
