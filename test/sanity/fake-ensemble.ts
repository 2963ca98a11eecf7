import type { SanityMember } from '../../src/sanity/sanity-check.ts';
import type { Answer, ClientAddress, Connected, Failed, FailureReason } from '../../src/sanity/session.ts';
import { parents } from '../../src/sanity/znode-path.ts';

/** A member's misbehaviour: requests whose `operation` matches are answered with `answer`. */
export interface Fault {
  readonly host: string;
  readonly operation: 'connect' | 'create' | 'get' | 'set' | 'remove' | 'exists' | 'sync';
  readonly path?: string;
  readonly answer: Failed | { kind: 'done'; value: string };
}

/** A tree of nodes behind members, with every request written down, and no sockets. */
export interface FakeEnsemble {
  readonly tree: Map<string, string>;
  readonly requests: string[];
  readonly members: readonly SanityMember[];
  openSessions(): number;
  connect(to: ClientAddress): Promise<Connected | Failed>;
}

export function failure(reason: FailureReason, sentence: string): Failed {
  return { kind: 'failed', reason, sentence };
}

export function fakeEnsemble(hosts: readonly string[], faults: readonly Fault[] = []): FakeEnsemble {
  const tree = new Map<string, string>();
  const requests: string[] = [];
  let open = 0;
  const session = (host: string): Connected => {
    const answering =
      <T>(operation: Fault['operation'], path: string, act: () => Answer<T>) =>
      async (): Promise<Answer<T>> => {
        requests.push(`${host} ${operation} ${path}`);
        const fault = faults.find(
          (each) =>
            each.host === host && each.operation === operation && [undefined, path].includes(each.path),
        );
        return fault === undefined ? act() : (fault.answer as Answer<T>);
      };
    return {
      kind: 'connected',
      create: ({ path, value }) => answering('create', path, () => create(tree, path, value))(),
      get: (path) => answering('get', path, () => get(tree, path))(),
      set: (path, value) => answering('set', path, () => done(void tree.set(path, value)))(),
      remove: (path) => answering('remove', path, () => remove(tree, path))(),
      exists: (path) => answering('exists', path, () => done(tree.has(path)))(),
      sync: (path) => answering('sync', path, () => done(undefined))(),
      close: async () => {
        open--;
      },
    };
  };
  return {
    tree,
    requests,
    members: hosts.map((host) => ({ name: host, host, port: 2181 })),
    openSessions: () => open,
    async connect({ host }) {
      const fault = faults.find((each) => each.host === host && each.operation === 'connect');
      if (fault?.answer.kind === 'failed') return fault.answer;
      open++;
      return session(host);
    },
  };
}

function done<T>(value: T): Answer<T> {
  return { kind: 'done', value };
}

function create(tree: Map<string, string>, path: string, value: string): Answer<void> {
  if (tree.has(path)) return failure('node-exists', 'has that node already');
  if (!parents(path).every((parent) => tree.has(parent))) return failure('no-node', 'has no such node');
  return done(void tree.set(path, value));
}

function get(tree: Map<string, string>, path: string): Answer<string> {
  const value = tree.get(path);
  return value === undefined ? failure('no-node', 'has no such node') : done(value);
}

function remove(tree: Map<string, string>, path: string): Answer<void> {
  if ([...tree.keys()].some((other) => other.startsWith(`${path}/`))) {
    return failure('not-empty', 'refuses it: the node has children');
  }
  return tree.delete(path) ? done(undefined) : failure('no-node', 'has no such node');
}
