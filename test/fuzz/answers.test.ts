import { describe, it } from 'vitest';
import { readMember } from '../../src/ensemble-status/read-member.ts';
import { metricsText } from '../../src/health/metrics.ts';
import { answerRequest } from '../../src/health/routes.ts';
import { readSupervisorAnswer } from '../../src/host/network/ask-supervisor.ts';
import { parseMntr } from '../../src/zookeeper/four-letter/mntr.ts';
import { judgeRuok } from '../../src/zookeeper/four-letter/ruok.ts';
import { parseSrvr } from '../../src/zookeeper/four-letter/srvr.ts';
import { answer, answersTo } from '../health/answers.ts';
import { answered, snapshot } from '../health/snapshots.ts';
import { feed, RUNS } from './feed.ts';
import { hold } from './hold.ts';
import { textLike } from './inputs.ts';

const refusal = 'srvr is not executed because it is not in the whitelist.\n';
const words = [
  'Mode: ',
  'leader',
  '\n',
  '\t',
  'zk_',
  'zk_server_state',
  'imok',
  '0x',
  '1/2/3',
  ' ',
  '9',
  '.',
  ':',
  '\r\n',
  'Node count: ',
  refusal,
];
const member = { name: 'zk-0', id: 1, host: 'zk-0', port: 2181, votes: true, healthPort: 0 };

describe('four-letter answers of any bytes', () => {
  it('ruok: nothing but imok is right', () => {
    const inputs = textLike(['imok', ...answersTo('ruok').map(answer)], words);
    feed({ inputs, read: (text) => hold(judgeRuok(answered(text)).ok === (text === 'imok')) });
  });

  it('srvr: serves exactly with a mode', () => {
    const inputs = textLike([...answersTo('srvr').map(answer), refusal], words);
    const read = (text: string) => {
      const srvr = parseSrvr(text);
      if (srvr.serving) hold(text.includes(`Mode: ${srvr.mode}`), srvr);
      else hold(srvr.sentence.length < 500, srvr.sentence);
    };
    feed({ inputs, read });
  });

  it('mntr: keys are zk_ keys, and lines stay lines', () => {
    const inputs = textLike(answersTo('mntr').map(answer), words);
    const read = (text: string) => {
      for (const [key, value] of parseMntr(text))
        hold(key.startsWith('zk_') && !`${key}${value}`.includes('\n'), key, value);
    };
    feed({ inputs, read });
  });

  it('metrics and status made of them stay one sample a line and JSON', () => {
    const inputs = textLike([...answersTo('mntr'), ...answersTo('srvr')].map(answer), words);
    const read = (text: string) => {
      const seen = snapshot({}, { ruok: text, srvr: text, mntr: text });
      const odd = /^(?!#|\w+(\{[^\n]*\})? \S+$|$)[^\n]*/m.exec(
        metricsText(seen).replaceAll(/[\r\u2028\u2029]/g, ' '),
      );
      hold(odd === null, odd?.[0]);
      JSON.parse(answerRequest({ method: 'GET', url: '/status' }, seen).body);
    };
    feed({ inputs, read, runs: Math.ceil(RUNS / 4) });
  });

  it('a member’s row in the survey', () => {
    const inputs = textLike([...answersTo('mntr'), ...answersTo('srvr')].map(answer), words);
    const read = (text: string) =>
      readMember(member, { address: '10.0.0.1', srvr: answered(text), mntr: answered(text) }, 3);
    feed({ inputs, read });
  });
});

describe('answers of the supervisor of any bytes', () => {
  const head = 'HTTP/1.1 200 OK\r\nServer: zk-entrypoint\r\nContent-Length: 3\r\n\r\n';
  const http = [
    'HTTP/1.1 ',
    '200',
    ' OK',
    '\r\n',
    'Server: zk-entrypoint',
    'Content-Length: ',
    '3',
    '\r\n\r\n',
    'ok\n',
    '9',
  ];

  it('are trusted only when they are whole and ours', () => {
    const read = (text: string) => {
      const found = readSupervisorAnswer(text);
      if (found.kind !== 'answer') return;
      hold(/server: zk-entrypoint/i.test(text), found);
      hold(text.endsWith(`\r\n\r\n${found.body}`), found);
      hold(found.status < 1_000, found);
    };
    feed({ inputs: textLike([`${head}ok\n`], http), read });
  });
});
