import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Snapshot, SupervisorFacts } from '../../src/health/facts.ts';
import { answerRequest, wordsFor } from '../../src/health/routes.ts';
import { answer } from './answers.ts';
import { servingFacts, snapshot } from './snapshots.ts';

const leader = answer('3.8.0-leader-srvr');
const alone = answer('3.9.6-no-quorum-srvr');
const well = snapshot({}, { ruok: 'imok', srvr: leader, mntr: answer('3.8.0-leader-mntr') });
const stopping = snapshot({ phase: 'stopping' }, { ruok: 'imok' });
const asked = snapshot({ readiness: 'serving' }, { srvr: alone });
const lost = snapshot({ withoutQuorumSinceMs: servingFacts.nowMs - 5_000 }, { ruok: 'imok' });

function get(url: string, facts: Snapshot = well) {
  return answerRequest({ method: 'GET', url }, facts);
}

describe('routes', () => {
  it.each([
    ['/livez', well, 200, 'ok\n'],
    ['/readyz', well, 200, 'ok\n'],
    ['/startupz', well, 200, 'ok\n'],
    ['/ruok', well, 200, 'ok\n'],
    ['/ruok', stopping, 503, 'not-stopping: this member is stopping\n'],
    [
      '/ruok',
      snapshot({ readiness: 'serving' }, { ruok: 'imok', srvr: alone }),
      200,
      expect.stringMatching(/^ok\nwithout a quorum/),
    ],
    ['/livez?', well, 200, 'ok\n'],
    ['/livez?verbosely', well, 200, 'ok\n'],
    ['/livez?verbose', well, 200, '[+]jvm ok\n[+]ruok ok\nlivez check passed\n'],
    ['/livez?verbose=1', well, 200, '[+]jvm ok\n[+]ruok ok\nlivez check passed\n'],
    ['/readyz?a=b&verbose', well, 200, '[+]not-stopping ok\n[+]jvm ok\n[+]ruok ok\nreadyz check passed\n'],
    ['/livez', stopping, 200, 'ok\n'],
    ['/readyz', stopping, 503, 'not-stopping: this member is stopping\n'],
    ['/readyz', asked, 503, 'serving: ZooKeeper is not serving: it is without a quorum\n'],
    [
      '/livez',
      lost,
      200,
      'ok\nwithout a quorum for 5 s: clients are not served; look at the other members\n',
    ],
  ])('GET %s', (url, facts, status, body) => {
    expect(get(url, facts)).toEqual({ status, contentType: 'text/plain; charset=utf-8', body });
  });

  it('lists every check of a failed probe when asked to', () => {
    expect(get('/readyz?verbose', asked).body.split('\n')).toEqual([
      '[+]not-stopping ok',
      '[+]jvm ok',
      '[-]serving failed: ZooKeeper is not serving: it is without a quorum',
      expect.stringMatching(/^without a quorum/),
      'readyz check failed',
      '',
    ]);
  });

  it.each(['/livez', '/readyz', '/startupz', '/ruok', '/metrics', '/status'])(
    'answers HEAD of %s as GET',
    (url) => {
      expect(answerRequest({ method: 'HEAD', url }, well)).toEqual(get(url));
    },
  );

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', ''])(
    'refuses %s and says what is allowed',
    (method) => {
      expect(answerRequest({ method, url: '/livez' }, well)).toMatchObject({
        status: 405,
        allow: 'GET, HEAD',
      });
    },
  );

  it('says of / that it is off, which whoever makes the page does not ask', () => {
    expect(get('/')).toMatchObject({
      status: 404,
      body: 'the page is off: ZK_HEALTH_PAGE is false; for programs there is /status\n',
    });
    expect(wordsFor({ method: 'GET', url: '/' }, well.supervisor)).toEqual([]);
  });

  it.each([
    '',
    '/livez/',
    '/LIVEZ',
    '//livez',
    '/livez/ruok',
    '/healthz',
    '/constructor',
    'http://x/livez',
    '*',
  ])('does not know %s', (url) => {
    expect(get(url)).toMatchObject({ status: 404, body: 'not found\n' });
  });

  it('gives metrics in the format of Prometheus', () => {
    expect(get('/metrics')).toMatchObject({
      status: 200,
      contentType: 'text/plain; version=0.0.4; charset=utf-8',
    });
    expect(get('/metrics').body).toContain('zookeeper_mode{mode="leader"} 1\n');
  });

  it('echoes nothing of a request', () => {
    const secret = fc.stringMatching(/^[a-z]{8}$/).map((text) => `Q${text}Q`);
    fc.assert(
      fc.property(
        secret,
        fc.constantFrom('/', '/livez?', '/status?', '/metrics?verbose=', '/readyz?verbose='),
        (text, start) => {
          const request = { method: text, url: `${start}${text}` };
          return [request, { ...request, method: 'GET' }].every((one) => {
            return !JSON.stringify(answerRequest(one, well)).includes(text);
          });
        },
      ),
    );
  });
});

describe('what a route asks of ZooKeeper', () => {
  const words: [url: string, facts: Partial<SupervisorFacts>, expected: string[]][] = [
    ['/livez', {}, ['ruok']],
    ['/livez', { phase: 'starting', everOk: false }, []],
    ['/livez', { phase: 'stopping' }, []],
    ['/livez', { jvmRunning: false }, []],
    ['/readyz', {}, ['ruok']],
    ['/readyz', { readiness: 'serving' }, ['srvr']],
    ['/readyz', { phase: 'stopping' }, []],
    ['/readyz', { phase: 'preparing', jvmRunning: false }, []],
    ['/startupz', {}, []],
    ['/startupz', { phase: 'starting', everOk: false }, ['ruok']],
    ['/metrics', {}, ['mntr', 'srvr']],
    ['/status', {}, ['ruok', 'srvr']],
    ['/nothing', {}, []],
  ];

  it.each(words)('%s with %o', (url, facts, expected) => {
    expect(wordsFor({ method: 'GET', url }, { ...servingFacts, ...facts })).toEqual(expected);
  });

  it('is nothing for a method that is refused', () => {
    expect(wordsFor({ method: 'POST', url: '/livez' }, servingFacts)).toEqual([]);
  });
});

describe('status', () => {
  function status(facts: Snapshot): unknown {
    const { status: code, contentType, body } = get('/status', facts);
    expect({ code, contentType }).toEqual({ code: 200, contentType: 'application/json; charset=utf-8' });
    return JSON.parse(body);
  }

  it('tells everything of a member that serves', () => {
    expect(status(well)).toEqual({
      entrypoint: {
        myid: null,
        version: '1.2.3',
        state: 'serving',
        startedAt: '2023-11-14T22:13:20.000Z',
        uptimeSeconds: 60,
        jvmStarts: 1,
        timeToImokSeconds: 0.42,
        configFingerprint: 'c0ffee',
        waiting: null,
      },
      member: null,
      zookeeper: {
        version: '3.8.0',
        mode: 'leader',
        zxid: '0x100000016',
        connections: 1,
        outstanding: 0,
        latencyMs: { min: 0, avg: 0, max: 0 },
        nodeCount: 25,
        jvmUptimeSeconds: 59,
        withoutQuorumSeconds: null,
      },
      resources: null,
      probes: {
        live: { ok: true, reasons: [] },
        ready: { ok: true, reasons: [] },
        startup: { ok: true, reasons: [] },
      },
      findings: [],
    });
  });

  it('holds null for what is not known', () => {
    const before = {
      phase: 'preparing',
      jvmRunning: false,
      everOk: false,
      jvmStartedAtMs: undefined,
    } as const;
    expect(
      status(snapshot({ ...before, timeToImokMs: undefined, zookeeperVersion: undefined })),
    ).toMatchObject({
      entrypoint: { state: 'preparing', timeToImokSeconds: null },
      zookeeper: { version: null, mode: null, zxid: null, jvmUptimeSeconds: null },
      probes: { live: { ok: true }, ready: { ok: false }, startup: { ok: false } },
    });
  });

  it('tells since when there is no quorum, and what was found', () => {
    const found = { code: 'ZK-X-001', severity: 'note', subject: 's', problem: 'p', remedy: 'r' } as const;
    const facts = { ...servingFacts, findings: [found], withoutQuorumSinceMs: servingFacts.nowMs - 5_000 };
    expect(status(snapshot(facts, { ruok: 'imok', srvr: alone }))).toMatchObject({
      zookeeper: { version: '3.9.6', mode: null, withoutQuorumSeconds: 5 },
      probes: { live: { ok: true, reasons: [expect.stringContaining('without a quorum for 5 s')] } },
      findings: [found],
    });
  });
});
