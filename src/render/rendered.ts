/** The first line of every zoo.cfg of ours, by which it is known. */
export const RENDERED = '# Rendered by zk-entrypoint at every start; edit the ZK_ variables instead.';
