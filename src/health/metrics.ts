import { parseMntr } from '../zookeeper/four-letter/mntr.ts';
import { exposition, type Family } from './exposition.ts';
import { phases, type Snapshot, type SupervisorFacts } from './facts.ts';
import { gauge, labelled, oneOf, seconds } from './families.ts';
import { mntrFamilies } from './mntr-metrics.ts';
import { exporterFamilies, providerFamilies } from './provider-metrics.ts';
import { resourceFamilies } from './resource-metrics.ts';
import type { TallyReading } from './tally.ts';

/** The text that `/metrics` answers: the supervisor's own families, then ZooKeeper's as far as `mntr` was answered. */
export function metricsText({ supervisor, exchanges: { mntr }, tally }: Snapshot): string {
  const values = parseMntr(mntr?.kind === 'answer' ? mntr.text : '');
  return exposition([
    ...stateFamilies(supervisor),
    ...timeFamilies(supervisor),
    ...memberFamilies(supervisor),
    ...findingFamilies(supervisor),
    ...(supervisor.figures?.() ?? []),
    ...resourceFamilies(supervisor.resources?.()),
    ...tallyFamilies(tally),
    ...serverFamilies(values),
    ...supervisor.metricNames.flatMap((names) => FAMILIES[names](values)),
  ]);
}

const FAMILIES = {
  provider: providerFamilies,
  prometheus: mntrFamilies,
  exporter: exporterFamilies,
} as const;

function stateFamilies(facts: SupervisorFacts): Family[] {
  const { entrypointVersion: version, configFingerprint: config, phase: now } = facts;
  const labels = { version, ...(config === undefined ? {} : { config }) };
  return [
    {
      name: 'zk_entrypoint_info',
      type: 'gauge',
      help: 'Version of zk-entrypoint and fingerprint of the configuration it rendered.',
      samples: [{ labels, value: 1 }],
    },
    labelled(
      'zk_entrypoint_zone',
      'The zone that this member runs in, as ZK_ZONE names it.',
      facts.zone === undefined ? undefined : { zone: facts.zone },
    ),
    oneOf('zk_entrypoint_state', 'Where the supervisor is in its life.', { name: 'state', now, all: phases }),
    gauge('zk_entrypoint_jvm_running', 'Whether the JVM runs.', facts.jvmRunning ? 1 : 0),
    gauge(
      'zk_entrypoint_held',
      'Whether a person holds this member without a JVM.',
      facts.waiting?.kind === 'held' ? 1 : 0,
    ),
    {
      name: 'zk_entrypoint_jvm_starts_total',
      type: 'counter',
      help: 'JVMs started by this supervisor.',
      samples: [{ value: facts.jvmStarts }],
    },
  ];
}

/** Who is in the ensemble by what this member knows: what it has committed, or the list of its settings. */
function memberFamilies({ member, votersWished }: SupervisorFacts): Family[] {
  const fact = member?.();
  if (fact === undefined) return [];
  const { committed } = fact;
  const lines = committed?.servers ?? fact.servers;
  const observers = lines.filter((line) => /:observer(;|$)/.test(line)).length;
  const isIn = committed?.servers.some((line) => line.startsWith(`server.${fact.id}=`)) ?? true;
  return [
    {
      name: 'zk_entrypoint_members',
      type: 'gauge',
      help: 'Members of the ensemble as this one knows them.',
      samples: [
        { labels: { role: 'voter' }, value: lines.length - observers },
        { labels: { role: 'observer' }, value: observers },
      ],
    },
    gauge('zk_entrypoint_voters_wished', 'Voters that the settings name.', votersWished),
    gauge(
      'zk_entrypoint_member_of_configuration',
      'Whether this member is in the committed configuration; 1 with a static list.',
      isIn ? 1 : 0,
    ),
  ];
}

function timeFamilies(facts: SupervisorFacts): Family[] {
  const { withoutQuorumSinceMs: sinceMs, nowMs } = facts;
  const withoutQuorumMs = sinceMs === undefined ? 0 : Math.max(0, nowMs - sinceMs);
  return [
    gauge(
      'zk_entrypoint_start_time_seconds',
      'When the supervisor started, in Unix time.',
      facts.startedAtMs / 1_000,
    ),
    gauge(
      'zk_entrypoint_jvm_start_time_seconds',
      'When the JVM was started, in Unix time.',
      seconds(facts.jvmStartedAtMs),
    ),
    gauge(
      'zk_entrypoint_time_to_imok_seconds',
      'From the start of the JVM to its first imok.',
      seconds(facts.timeToImokMs),
    ),
    gauge(
      'zk_entrypoint_without_quorum_seconds',
      'For how long ZooKeeper has had no quorum; 0 with one.',
      withoutQuorumMs / 1_000,
    ),
  ];
}

function findingFamilies({ findings, certificates = [] }: SupervisorFacts): Family[] {
  const severities = ['error', 'warning', 'note'] as const;
  return [
    {
      name: 'zk_entrypoint_findings',
      type: 'gauge',
      help: 'Findings of the last check, by severity.',
      samples: severities.map((severity) => ({
        labels: { severity },
        value: findings.filter((finding) => finding.severity === severity).length,
      })),
    },
    {
      name: 'zk_entrypoint_certificate_expiry_timestamp_seconds',
      type: 'gauge',
      help: 'When a certificate expires, in Unix time.',
      samples: certificates.map(({ name, expiresAtMs }) => ({
        labels: { certificate: name },
        value: expiresAtMs / 1_000,
      })),
    },
  ];
}

function tallyFamilies({ probes, exchanges }: TallyReading): Family[] {
  return [
    {
      name: 'zk_entrypoint_request_duration_seconds',
      type: 'summary',
      help: 'Requests to the health endpoint and how long their answers took.',
      samples: probes.flatMap(({ probe, ok, count, tookMs }) =>
        sumAndCount({ probe, result: ok ? 'ok' : 'failed' }, { count, tookMs }),
      ),
    },
    {
      name: 'zk_entrypoint_exchange_duration_seconds',
      type: 'summary',
      help: 'Four-letter words sent to ZooKeeper, what they ended in and how long they took.',
      samples: exchanges.flatMap(({ word, ending, count, tookMs }) =>
        sumAndCount({ word, ending }, { count, tookMs }),
      ),
    },
  ];
}

function sumAndCount(
  labels: Readonly<Record<string, string>>,
  of: { readonly count: number; readonly tookMs: number },
) {
  const { count, tookMs } = of;
  return [
    { suffix: '_sum', labels, value: tookMs / 1_000 } as const,
    { suffix: '_count', labels, value: count } as const,
  ];
}

const MODES = ['leader', 'follower', 'observer', 'standalone', 'read-only'];

/** `zookeeper_up` says whether mntr was answered; a server without a quorum refuses it and has no mode. */
function serverFamilies(values: ReadonlyMap<string, string>): Family[] {
  const now = values.get('zk_server_state') ?? '';
  const build = values.get('zk_version');
  const peerState = values.get('zk_peer_state');
  return [
    gauge('zookeeper_up', 'Whether ZooKeeper serves, seen by its answer to mntr.', values.size > 0 ? 1 : 0),
    oneOf('zookeeper_mode', 'The mode ZooKeeper serves in; all 0 while it does not serve.', {
      name: 'mode',
      now,
      all: MODES,
    }),
    labelled(
      'zookeeper_info',
      'Version and build of ZooKeeper.',
      build === undefined ? undefined : versionLabels(build),
    ),
    labelled(
      'zookeeper_peer_state',
      'What this member of the quorum does.',
      peerState === undefined ? undefined : { state: peerState },
    ),
  ];
}

/** Debian's builds have unexpanded placeholders after the three numbers. */
function versionLabels(build: string): Record<string, string> {
  const version = /^\d+\.\d+\.\d+/.exec(build)?.[0];
  return { ...(version === undefined ? {} : { version }), build };
}
