import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { type Answer, decode, encode, type Question } from 'dns-packet';

/**
 * A cluster's DNS, run in a container of its own: it knows the pods of the network and says no at once to everything
 * else, as CoreDNS does (https://coredns.io/plugins/kubernetes/). An engine's own server hands on what it does not
 * know to whoever is above it, who may never answer; the JVM waits for that with its election's lock held.
 */
const NAMES = process.env['NAMES'] ?? '/dns/names.json';
/** CoreDNS' default for records of pods, in seconds. */
const TTL = 5;

/** Read at each question: pods come and go. */
const names = () => JSON.parse(readFileSync(NAMES, 'utf8')) as Record<string, string>;

function answersTo({ name, type }: Question): { known: boolean; answers: Answer[] } {
  const asked = name.toLowerCase();
  const pods = Object.entries(names());
  if (type === 'PTR') {
    const address = asked
      .replace(/\.in-addr\.arpa$/, '')
      .split('.')
      .reverse()
      .join('.');
    const of = pods.filter(([, itsAddress]) => itsAddress === address);
    return { known: of.length > 0, answers: of.map(([data]) => ({ name, type, ttl: TTL, data })) };
  }
  const of = pods.filter(([pod]) => pod === asked);
  const answers: Answer[] = of.map(([, data]) => ({ name, type: 'A', ttl: TTL, data }));
  return { known: of.length > 0, answers: type === 'A' ? answers : [] };
}

const AUTHORITATIVE = 1 << 10;
const NO_SUCH_NAME = 3;

const socket = createSocket('udp4');
socket.on('message', (message, from) => {
  const { id, questions = [] } = decode(message);
  const found = questions.map(answersTo);
  const rcode = found.every(({ known }) => known) ? 0 : NO_SUCH_NAME;
  const answers = found.flatMap((each) => each.answers);
  const flags = AUTHORITATIVE | rcode;
  socket.send(encode({ id: id ?? 0, type: 'response', flags, questions, answers }), from.port, from.address);
});
socket.bind(53);
