import { describe, expect, it } from 'vitest';
import { dashboards, namesOf } from '../../scripts/monitoring/names.ts';
import { exposition } from '../../src/health/exposition.ts';
import { metricsText } from '../../src/health/metrics.ts';
import { exporterFamilies, providerFamilies } from '../../src/health/provider-metrics.ts';
import { parseMntr } from '../../src/zookeeper/four-letter/mntr.ts';
import { answer } from './answers.ts';
import { snapshot } from './snapshots.ts';

const leader = parseMntr(answer('3.9.6-leader-mntr'));
const names = (families: readonly { name: string; samples: readonly { suffix?: string }[] }[]) =>
  new Set(families.flatMap(({ name, samples }) => samples.map(({ suffix = '' }) => name + suffix)));

/** Names that public dashboards read; those of the JVM are its own. */
const READ = [...new Set(dashboards.flatMap(namesOf))]
  .filter((name) => !/^jvm_(?!pause)/.test(name))
  .toSorted();

describe('the names of ZooKeeper’s own provider', () => {
  it('are those that dashboards read, but for what mntr does not tell', () => {
    const there = names(providerFamilies(leader));
    const missing = READ.filter((name) => !there.has(name));
    // Sums for each learner and namespace come with the first of them; of these mntr has no quantile.
    const ofSets = ['ack_latency', 'ack_latency_sum', 'read_per_namespace_sum'];
    const quantiles =
      'dbinittime election_time fsynctime snapshottime startup_snap_load_time startup_txns_loaded sync_process_time sync_processor_batch_size sync_processor_queue_size';
    expect(missing).toEqual([...ofSets, ...quantiles.split(' ')].toSorted());
    expect(READ.length).toBeGreaterThan(130);
  });

  it('have the values of mntr, and the types of the provider', () => {
    const text = exposition(
      providerFamilies(
        parseMntr(
          'zk_znode_count\t7\nzk_avg_latency\t0.25\nzk_commit_count\t3\nzk_max_file_descriptor_count\t1024\n',
        ),
      ),
    );
    // A gauge of its own, and not the largest of a distribution.
    expect(text).toContain('# TYPE max_file_descriptor_count gauge\nmax_file_descriptor_count 1024\n');
    expect(text).toContain('# TYPE znode_count gauge\nznode_count 7\n');
    expect(text).toContain('# TYPE avg_latency gauge\navg_latency 0.25\n');
    expect(text).toContain('# TYPE commit_count counter\ncommit_count 3\n');
  });

  it('make a summary of a distribution, with the key of a set as a label', () => {
    const mntr = parseMntr(
      'zk_sum_fsynctime\t12\nzk_cnt_fsynctime\t4\nzk_avg_fsynctime\t3.0\nzk_p99_fsynctime\t9\nzk_sum_2_learner_handler_qp_size\t5\n',
    );
    expect(exposition(providerFamilies(mntr))).toBe(
      '# HELP fsynctime zk_fsynctime of mntr.\n# TYPE fsynctime summary\nfsynctime_sum 12\nfsynctime_count 4\nfsynctime{quantile="0.99"} 9\n' +
        '# HELP learner_handler_qp_size zk_learner_handler_qp_size of mntr.\n# TYPE learner_handler_qp_size summary\nlearner_handler_qp_size_sum{key="2"} 5\n',
    );
  });

  it('hold nothing that is no name of Prometheus', () => {
    const text = exposition(
      providerFamilies(
        parseMntr('zk_a b\t1\nzk_"x"\t2\nzk_sum_1_x\t3\nzk_sum_evil"ns_read_per_namespace\t4\n'),
      ),
    );
    // A namespace is what clients chose: it is a label's value, and no name.
    expect(text.split('\n').filter((line) => !line.startsWith('#'))).toEqual([
      'read_per_namespace_sum{key="evil\\"ns"} 4',
      '',
    ]);
  });
});

it('an exporter’s names are the keys of mntr', () => {
  expect(exposition(exporterFamilies(parseMntr('zk_znode_count\t7\nzk_server_state\tleader\n')))).toBe(
    '# HELP zk_znode_count zk_znode_count of mntr.\n# TYPE zk_znode_count untyped\nzk_znode_count 7\n',
  );
});

describe('ZK_METRIC_NAMES', () => {
  const texts = { mntr: answer('3.9.6-leader-mntr') };
  const shown = (metricNames: Parameters<typeof snapshot>[0]['metricNames'] & object) =>
    metricsText(snapshot({ metricNames }, texts));

  it('chooses one, or several at once', () => {
    expect(shown(['provider'])).toMatch(/^znode_count /m);
    expect(shown(['provider'])).not.toMatch(/^zookeeper_znodes /m);
    const all = shown(['provider', 'prometheus', 'exporter']);
    for (const name of ['znode_count', 'zookeeper_znodes', 'zk_znode_count'])
      expect(all).toMatch(new RegExp(`^${name} `, 'm'));
  });

  it('leaves what the supervisor itself says as it is', () => {
    for (const name of ['provider', 'prometheus', 'exporter'] as const)
      expect(shown([name])).toMatch(/^zookeeper_up 1$/m);
  });
});
