import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createClient } from 'node-zookeeper-client';
import { expect, it } from 'vitest';

const require = createRequire(import.meta.url);

/** What host/zookeeper-client/single-connection.ts takes hold of; a release of the package that has it otherwise needs a look. */
const TAKEN_HOLD_OF = ['connect', 'onSocketData', 'onSocketError', 'onSocketClosed'] as const;
const SET = ['servers', 'connectTimeoutHandler', 'pendingBuffer'] as const;

it('node-zookeeper-client is the release whose inner parts were read', () => {
  const { version } = require('node-zookeeper-client/package.json');
  expect(version).toBe('1.1.3');
});

it('its connection manager has every inner part that is held to one connection', () => {
  const { connectionManager: manager } = createClient('127.0.0.1:1') as unknown as {
    connectionManager: Record<string, unknown>;
  };
  for (const name of TAKEN_HOLD_OF) expect(manager[name], name).toBeTypeOf('function');
  for (const name of SET) expect(Object.keys(manager), name).toContain(name);
});

it('it calls them by name, so that what replaces them is called', () => {
  const source = readFileSync(require.resolve('node-zookeeper-client/lib/ConnectionManager.js'), 'utf8');
  for (const name of TAKEN_HOLD_OF) expect(source, name).toMatch(new RegExp(`(?:this|self)\\.${name}\\b`));
});
