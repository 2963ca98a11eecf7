import { engine, image, needImage } from './container.ts';
import { firstImok } from './first-imok.ts';
import { type Bench, type Comparison, type Row, ratioTarget } from './row.ts';
import { interleave, median } from './statistics.ts';

const ROUNDS = 9;
const PATIENCE_MS = 30_000;

/** From the container's start, as the engine dates it, to a server that answers: ours and the script's. */
export const containerStart: Comparison = { title: 'container start to the first imok', measure };

interface Run {
  readonly name: string;
  readonly port: number;
  readonly command: readonly string[];
}

async function measure({ stage, rounds }: Bench): Promise<Row[]> {
  needImage();
  const name = `zk-bench-${process.pid}`;
  const port = stage.clientPort;
  const run = (command: readonly string[]) => untilImok({ name, port, command });
  const script = ['/opt/zookeeper/libexec/zkServer.sh', 'start-foreground'];
  try {
    engine('volume', 'create', name);
    engine('run', '--rm', ...optionsOf({ name, port }), image, 'zk-entrypoint', 'render', '--write');
    const times = await interleave(rounds(ROUNDS), {
      ours: () => run(['zk-entrypoint', 'start']),
      script: () => run(script),
    });
    const reference = { what: 'zkServer.sh', value: median(times.script) };
    const value = median(times.ours);
    const target = ratioTarget('at most', 0.58);
    return [{ what: containerStart.title, unit: 'ms', value, reference, target, runs: times.ours.length }];
  } finally {
    engine('volume', 'rm', '--force', name);
  }
}

/** Both sides find the same rendered files; the script reads them, `start` leaves them as they are. */
function optionsOf({ name, port }: Pick<Run, 'name' | 'port'>): string[] {
  const variables = [
    `ZK_CLIENT_PORT=${port}`,
    'ZK_REPLICAS=1',
    'POD_NAME=zk-0',
    'ZOOCFGDIR=/opt/zookeeper/conf',
  ];
  const options = ['--name', name, '--network', 'host', '--volume', `${name}:/opt/zookeeper/conf`];
  return [...options, ...variables.flatMap((variable) => ['--env', variable])];
}

/** Milliseconds; what the engine does before the container's first process is not counted. */
async function untilImok({ name, port, command }: Run): Promise<number> {
  engine('create', ...optionsOf({ name, port }), image, ...command);
  try {
    engine('start', name);
    const gaveUp = new Promise<Error>(() => {});
    const answeredMs = await firstImok({ port, timeoutMs: PATIENCE_MS, gaveUp });
    return performance.timeOrigin + answeredMs - startedAtMs(name);
  } finally {
    engine('rm', '--force', '--volumes', name);
  }
}

/** In epoch milliseconds, with the fraction that Date leaves out. */
function startedAtMs(name: string): number {
  const text = engine('inspect', '--format', '{{json .State.StartedAt}}', name);
  const [, fraction = ''] = /\.(\d+)/.exec(text) ?? [];
  const whole = Date.parse(text.replaceAll('"', '').replace(/\.\d+/, ''));
  return whole + Number(`0.${fraction || 0}`) * 1_000;
}
