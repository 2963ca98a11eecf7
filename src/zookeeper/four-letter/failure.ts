import type { Exchange, Word } from './exchange.ts';

/** Why a four-letter word got no answer, or one from something that is not ZooKeeper's plaintext port. */
export type FailureCause =
  | 'nothing-listens'
  | 'unreachable'
  | 'no-socket'
  | 'connect-timeout'
  | 'frozen'
  | 'half-answer'
  | 'tls'
  | 'http'
  | 'cut-off'
  | 'reset'
  | 'too-long';

/** A failed exchange in words: what is wrong, and what to do. */
export interface Failure {
  readonly cause: FailureCause;
  readonly sentence: string;
}

type Failed = Exclude<Exchange, { kind: 'answer' }>;

/** Explains an exchange that did not end in an answer. */
export function explainFailure(exchange: Failed, word: Word): Failure {
  switch (exchange.kind) {
    case 'refused':
      return {
        cause: 'nothing-listens',
        sentence:
          'nothing listens on the client port; ZooKeeper has not opened it yet, or ZK_CLIENT_PORT is another port',
      };
    case 'unreachable':
      return {
        cause: 'unreachable',
        sentence: `the server cannot be reached (${exchange.code}); check its address and the network`,
      };
    case 'no-socket':
      return {
        cause: 'no-socket',
        sentence: `this host has no socket left to ask with (${exchange.code}); raise its limit of open files or ports`,
      };
    case 'timeout':
      return explainTimeout(exchange);
    case 'reset':
      return explainReset(exchange.received);
    case 'empty':
      return {
        cause: 'cut-off',
        sentence: `the connection was closed without an answer; ${CONNECTION_LIMIT}`,
      };
    case 'tls':
      return TLS_ONLY;
    case 'too-long':
      return explainStranger(exchange.received) ?? explainTooLong(exchange.bytes, word);
  }
}

function explainTooLong(bytes: number, word: Word): Failure {
  const sentence = `the answer to ${word} was longer than ${bytes} bytes; see which program listens on ZK_CLIENT_PORT`;
  return { cause: 'too-long', sentence };
}

function explainTimeout({ stage, timeoutMs, received }: Extract<Exchange, { kind: 'timeout' }>): Failure {
  const time = `${timeoutMs} ms`;
  if (stage === 'connect') {
    return {
      cause: 'connect-timeout',
      sentence: `no connection within ${time}; the JVM is frozen and its backlog full, or a network policy drops packets`,
    };
  }
  if (received === '') {
    return {
      cause: 'frozen',
      sentence:
        `connected, but no answer within ${time}; the JVM is paused or frozen (garbage collection, memory, CPU limit), ` +
        'or the port wants TLS',
    };
  }
  const stranger = explainStranger(received);
  const sentence = `only ${shown(received)} came within ${time}; the JVM is starved of CPU or paused`;
  return stranger ?? { cause: 'half-answer', sentence };
}

const CONNECTION_LIMIT =
  'ZooKeeper does so at its limit of connections from one address: raise ZK_MAX_CLIENT_CNXNS or close idle clients ' +
  'on this host';

function explainReset(received: string): Failure {
  if (received === '') {
    return { cause: 'reset', sentence: `the connection was reset without an answer; ${CONNECTION_LIMIT}` };
  }
  const sentence = `only ${shown(received)} came before the connection was reset; the JVM may be ending: see its log`;
  return explainStranger(received) ?? { cause: 'reset', sentence };
}

const TLS_ONLY: Failure = {
  cause: 'tls',
  sentence:
    'the port speaks only TLS; probe a plaintext port: set ZK_CLIENT_PORT to one, which may be bound to loopback',
};

/** Tells what is not ZooKeeper's plaintext port by how it begins: a TLS alert record, or an HTTP status line. */
export function explainStranger(text: string): Failure | undefined {
  if (text.startsWith('\x15\x03')) return TLS_ONLY;
  if (text.startsWith('HTTP/1.')) {
    const sentence =
      'an HTTP server answered, perhaps the AdminServer; ZK_CLIENT_PORT must be the client port, not ZK_ADMIN_PORT';
    return { cause: 'http', sentence };
  }
  return undefined;
}

const SHOWN_CHARACTERS = 40;

/** Foreign bytes as at most forty printable ASCII characters in quotes, so that they cannot disturb a terminal. */
export function shown(text: string): string {
  const printable = text.slice(0, SHOWN_CHARACTERS).replace(/[^\x20-\x7e]/g, '?');
  return text.length > SHOWN_CHARACTERS ? `"${printable}"...` : `"${printable}"`;
}
