import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metricsText } from '../../src/health/metrics.ts';
import { answer, answersTo } from './answers.ts';
import { anyText, mutated } from './mutations.ts';
import { snapshot } from './snapshots.ts';

function metrics(mntr: string): string {
  return metricsText(snapshot({}, { mntr }));
}

function series(text: string): string[] {
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

/** What is wrong with an exposition by the rules of the format; empty when nothing is. */
function faults(text: string): string[] {
  const names = series(text).map((line) => line.slice(0, line.lastIndexOf(' ')));
  const strange = text.split('\n').filter((line) => line !== '' && !LINE.test(line));
  return [...strange, ...names.filter((name, index) => names.indexOf(name) !== index)];
}

const NAME = '[a-z][a-z0-9_]*';
const LABEL = `[a-z]+="(?:[^"\\\\]|\\\\["\\\\n])*"`;
const LINE = new RegExp(
  `^(?:# HELP ${NAME} .+|# TYPE ${NAME} (?:gauge|counter|summary|untyped)|${NAME}(?:\\{${LABEL}(?:,${LABEL})*\\})? -?[0-9.e+-]+)$`,
);

const hostile = [
  'zk_version\t"\\ \n',
  'zk_server_state\tlea"der\\\n',
  'zk_peer_state\té\ud800\n',
  'zk_avg_a"b\\c d_read_per_namespace\t1.0\nzk_sum_a"b\\c d_read_per_namespace\t1\nzk_cnt_a"b\\c d_read_per_namespace\t1\n',
  'zk_Ünknown key\t1\nzk_.\t1\nzk_constructor\t1\nzk_sum___proto__\t1\nzk_cnt___proto__\t1\n',
  'zk_x\t1\nzk_X\t2\nzk_x_count\t3\nzk_sum_x\t4\nzk_cnt_x\t5\nzk_x_sum\t6\n',
  'zk_learners\t1\nzk_followers\t2\nzk_znode_count\t-1\nzk_uptime\tNaN\nzk_watch_count\t0x10\n',
].join('');

describe('metrics of ZooKeeper', () => {
  it.each([
    ['3.4.13-leader', 'zookeeper_mode{mode="leader"} 1'],
    ['3.4.13-leader', 'zookeeper_mode{mode="follower"} 0'],
    ['3.4.13-leader', 'zookeeper_learners 2'],
    ['3.4.13-leader', 'zookeeper_packets_received_total 5'],
    ['3.4.13-leader', 'zookeeper_request_latency_seconds_avg 0'],
    [
      '3.8.0-leader',
      'zookeeper_info{version="3.8.0",build="3.8.0-${mvngit.commit.id}, built on 2024-12-29 17:54 UTC"} 1',
    ],
    ['3.8.0-leader', 'zookeeper_peer_state{state="leading - broadcast"} 1'],
    ['3.8.0-leader', 'zookeeper_learners 2'],
    ['3.8.0-leader', 'zookeeper_znodes 25'],
    ['3.8.0-leader', 'zookeeper_uptime_seconds 1.869'],
    ['3.8.0-leader', 'zookeeper_commits_total 22'],
    ['3.8.0-leader', 'zookeeper_approximate_data_bytes 302'],
    ['3.8.0-leader', 'zookeeper_proposal_size_bytes_max 91'],
    ['3.8.0-leader', 'zookeeper_fsync_time_seconds_sum 0.008'],
    ['3.8.0-leader', 'zookeeper_fsync_time_seconds_count 22'],
    ['3.8.0-leader', 'zookeeper_propagation_latency_seconds{quantile="0.95"} 0.018'],
    ['3.8.0-leader', 'zookeeper_learner_handler_qp_time_seconds_sum{learner="1"} 0.002'],
    ['3.8.0-leader', 'zookeeper_namespace_write_bytes_sum{namespace="zookeeper"} 155'],
    ['3.8.0-follower', 'zookeeper_namespace_read_bytes_count{namespace="n0"} 1'],
    ['3.9.6-standalone', 'zookeeper_mode{mode="standalone"} 1'],
    ['3.9.6-standalone', 'zookeeper_up 1'],
    ['3.9.6-read-only', 'zookeeper_mode{mode="read-only"} 1'],
    ['3.9.6-no-quorum', 'zookeeper_up 0'],
    ['3.9.6-no-quorum', 'zookeeper_mode{mode="leader"} 0'],
    ['3.9.6-refused', 'zookeeper_up 0'],
  ])('of %s hold %s', (name, line) => {
    expect(series(metrics(answer(`${name}-mntr`)))).toContain(line);
  });

  it.each(answersTo('mntr'))('of %s are well formed, each series once', (name) => {
    expect(faults(metrics(answer(name)))).toEqual([]);
  });

  it.each(answersTo('mntr'))('of %s know the type of every key', (name) => {
    expect(metrics(answer(name))).not.toContain('untyped');
  });

  it.each([
    ['a plain key', 'zk_new_thing\t7\n', 'zookeeper_new_thing 7'],
    ['a count', 'zk_new_count\t7\n', 'zookeeper_new 7'],
    ['a duration', 'zk_new_time_ms\t7\n', 'zookeeper_new_time_seconds 0.007'],
    ['a single statistic', 'zk_max_new_latency\t7\n', 'zookeeper_new_latency_seconds_max 0.007'],
    ['a double of Java', 'zk_new_ratio\t1.0E-4\n', 'zookeeper_new_ratio 0.0001'],
    ['a mode', 'zk_server_state\twitness\n', 'zookeeper_mode{mode="witness"} 1'],
  ])('name %s of a ZooKeeper yet to come by rule', (_what, mntr, line) => {
    expect(series(metrics(mntr))).toContain(line);
  });

  it('leave out what there is none of', () => {
    expect(metrics(answer('3.9.6-leader-mntr'))).not.toContain('proposal_size');
  });

  it('have faults where the test looks for them', () => {
    expect(faults('a 1\na 1\n')).toEqual(['a']);
    expect(faults('a{b="\\x"} 1\nA 1\na{b="""} 1\n')).toHaveLength(3);
  });

  it('stay well formed with hostile keys and texts', () => {
    expect(faults(metrics(hostile))).toEqual([]);
  });

  it('stay well formed with any mutation', () => {
    const small = answersTo('mntr')
      .filter((name) => name.startsWith('3.4'))
      .map(answer);
    fc.assert(
      fc.property(
        fc.oneof(
          mutated([...small, hostile]),
          anyText().map((text) => `zk_${text}\t1\n`),
        ),
        (mntr) => {
          return faults(metrics(mntr)).length === 0;
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('metrics of the supervisor', () => {
  const text = metricsText({
    ...snapshot({
      withoutQuorumSinceMs: 1_700_000_018_000,
      certificates: [{ name: 'ssl.keyStore', expiresAtMs: 1_800_000_000_000 }],
      findings: [{ code: 'X', severity: 'warning', subject: 's', problem: 'p', remedy: 'r' }],
    }),
    tally: {
      probes: [{ probe: 'livez', ok: true, count: 3, tookMs: 6 }],
      exchanges: [{ word: 'ruok', ending: 'timeout', count: 1, tookMs: 3_000 }],
    },
  });

  it.each([
    'zk_entrypoint_info{version="1.2.3",config="c0ffee"} 1',
    'zk_entrypoint_state{state="serving"} 1',
    'zk_entrypoint_state{state="stopping"} 0',
    'zk_entrypoint_jvm_running 1',
    'zk_entrypoint_jvm_starts_total 1',
    'zk_entrypoint_start_time_seconds 1700000000',
    'zk_entrypoint_time_to_imok_seconds 0.42',
    'zk_entrypoint_without_quorum_seconds 42',
    'zk_entrypoint_findings{severity="warning"} 1',
    'zk_entrypoint_findings{severity="error"} 0',
    'zk_entrypoint_certificate_expiry_timestamp_seconds{certificate="ssl.keyStore"} 1800000000',
    'zk_entrypoint_request_duration_seconds_count{probe="livez",result="ok"} 3',
    'zk_entrypoint_request_duration_seconds_sum{probe="livez",result="ok"} 0.006',
    'zk_entrypoint_exchange_duration_seconds_count{word="ruok",ending="timeout"} 1',
    'zookeeper_up 0',
  ])('hold %s', (line) => {
    expect(series(text)).toContain(line);
  });

  it('are well formed', () => {
    expect(faults(text)).toEqual([]);
  });
});

const promtool = spawnSync('promtool', ['--version']).status === 0;
if (!promtool) {
  process.stderr.write(
    'SKIPPED: promtool is not on PATH (Debian package prometheus), so no metrics were shown to it\n',
  );
}

/** 0 is well, 1 cannot be parsed, 3 breaks a convention. */
function check(input: string): { status: number | null; words: string } {
  const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], { input, encoding: 'utf8' });
  return { status, words: stdout + stderr };
}

describe.skipIf(!promtool)('promtool', () => {
  it.each(answersTo('mntr'))('passes the metrics of %s', (name) => {
    expect(check(metrics(answer(name)))).toEqual({ status: 0, words: '' });
  });

  it('can parse the metrics of a hostile mntr', () => {
    expect(check(metrics(hostile))).not.toMatchObject({ status: 1 });
  });

  it('does not pass what is wrong', () => {
    expect(check('a_total{b="1"} 1\na_total{b="1"} 1\n').status).not.toBe(0);
  });
});
