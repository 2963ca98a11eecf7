import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { mark } from '../local-ensemble/owned.ts';
import type { Alert } from './alerts/alert.ts';
import { ruleFile } from './rules.ts';

/** A target of Prometheus: an address, and the labels that its scrape configuration gives it. */
export interface Target {
  readonly address: string;
  readonly labels: Readonly<Record<string, string>>;
}

interface PrometheusOptions {
  readonly program: string;
  readonly folder: string;
  readonly port: number;
  readonly targets: readonly Target[];
  readonly alerts: readonly Alert[];
}

/** One curve: its labels, and its values by Unix time in seconds. */
export interface Curve {
  readonly metric: Readonly<Record<string, string>>;
  readonly values: readonly (readonly [number, number])[];
}

/** When, in Unix seconds, and how finely a curve is asked for. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

/** Prometheus itself, on loopback, scraping every second. */
export interface Prometheus {
  /** The names of the alerts that fire now. */
  firing(): Promise<readonly string[]>;
  /** The names of all series that it has. */
  names(): Promise<readonly string[]>;
  /** The targets whose last scrape succeeded. */
  healthyTargets(): Promise<number>;
  curves(expr: string, span: Span): Promise<readonly Curve[]>;
  close(): Promise<void>;
}

const READY_MS = 30_000;
const ANSWER_MS = 20_000;

/** Starts it with the rules of these alerts. @throws where it does not answer in time. */
export async function startPrometheus(options: PrometheusOptions): Promise<Prometheus> {
  const { program, folder, port } = options;
  const at = join(folder, 'prometheus');
  mkdirSync(at, { recursive: true });
  writeFileSync(join(at, 'rules.yaml'), ruleFile(options.alerts));
  writeFileSync(join(at, 'prometheus.yaml'), configuration(options.targets));
  const output = openSync(join(at, 'output.log'), 'a');
  const child = spawn(
    program,
    [
      `--config.file=${join(at, 'prometheus.yaml')}`,
      `--storage.tsdb.path=${join(at, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=warn',
    ],
    // Marked as the members are, so that nothing of it stays behind whatever becomes of this process.
    { stdio: ['ignore', output, output], env: { ...process.env, ...mark(folder) } },
  );
  closeSync(output);
  const ask = async (path: string, query: Readonly<Record<string, string>> = {}): Promise<unknown> => {
    const url = `http://127.0.0.1:${port}/api/v1/${path}?${new URLSearchParams(query)}`;
    const answer = (await (await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS) })).json()) as {
      status: string;
      data: unknown;
      error?: string;
    };
    if (answer.status !== 'success') throw new Error(`${path}: ${answer.error}`);
    return answer.data;
  };
  try {
    await untilReady(child, port);
  } catch (error) {
    child.kill('SIGKILL');
    throw new Error(
      `${error instanceof Error ? error.message : error}\n${readFileSync(join(at, 'output.log'), 'utf8')}`,
    );
  }
  return {
    async firing() {
      const { alerts } = (await ask('alerts')) as {
        alerts: { state: string; labels: { alertname: string } }[];
      };
      const names = alerts.filter(({ state }) => state === 'firing').map(({ labels }) => labels.alertname);
      return [...new Set(names)].toSorted();
    },
    names: async () => (await ask('label/__name__/values')) as string[],
    async healthyTargets() {
      const { activeTargets } = (await ask('targets')) as { activeTargets: { health: string }[] };
      return activeTargets.filter(({ health }) => health === 'up').length;
    },
    async curves(expr, { from, to, step }) {
      const query = { query: expr, start: String(from), end: String(to), step: String(step) };
      const { result } = (await ask('query_range', query)) as {
        result: { metric: Record<string, string>; values: [number, string][] }[];
      };
      return result.map(({ metric, values }) => ({
        metric,
        values: values.map(([time, value]) => [time, Number(value)] as const),
      }));
    },
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function untilReady(child: ChildProcess, port: number): Promise<void> {
  const deadline = Date.now() + READY_MS;
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/-/ready`).catch(() => undefined);
    if (answer?.ok) return;
    if (child.exitCode !== null) throw new Error(`Prometheus ended with ${child.exitCode}`);
    if (Date.now() > deadline) throw new Error(`Prometheus is not ready after ${READY_MS / 1_000} s`);
    await sleep(100);
  }
}

function configuration(targets: readonly Target[]): string {
  const config = {
    global: { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' },
    rule_files: ['rules.yaml'],
    scrape_configs: [
      {
        job_name: 'zookeeper',
        static_configs: targets.map(({ address, labels }) => ({ targets: [address], labels })),
      },
    ],
  };
  // JSON is YAML.
  return `${JSON.stringify(config, undefined, 2)}\n`;
}
