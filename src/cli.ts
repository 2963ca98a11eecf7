import { Command, CommanderError, Option } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import type { ViewFlags } from './commands/io.ts';
import { ownStatus, Refusal } from './exit-status.ts';
import type { handOverPid1 } from './host/process/init.ts';
import { visible } from './text/visible.ts';

type Action<Flags> = (flags: Flags) => Promise<number>;

/** What was found out before the commands were loaded. */
interface Surroundings {
  readonly pid1: ReturnType<typeof handOverPid1>;
}

/** Parses the command line, runs one command and returns the exit status; the one place where errors end. */
export async function runCli(argv: readonly string[], { pid1 }: Surroundings): Promise<number> {
  let status = 0;
  const finish = (ended: number) => {
    status = ended;
  };
  // `zk-entrypoint settings | head` closes our output early; that is no error.
  process.stdout.on('error', () => process.exit(status));
  try {
    await program(finish, { pid1 }).parseAsync(argv);
    return status;
  } catch (error) {
    return statusOfError(error);
  }
}

/** Commander repeats wrong words. A value after `=` may be a secret and is cut; its own suggestion is a line by itself. */
function wrongWords(text: string): string {
  const [, words = '', suggestion = ''] = /^(.*?)(\n\(Did you mean [\w ,-]*\?\))?\n?$/s.exec(text) ?? [];
  const named = words.replace(/('-[^'=]*=).*'/s, "$1…'");
  return `${visible(named)}${suggestion}\n`;
}

function statusOfError(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : ownStatus.wrongFlags;
  if (error instanceof Refusal) {
    process.stderr.write(`${visible(`error: ${error.message}`)}\n`);
    return error.status;
  }
  const message = error instanceof Error ? error.message : String(error);
  const line = `error: this is a bug of zk-entrypoint ${packageJson.version}: ${message}; please report it`;
  process.stderr.write(`${visible(line)}\n`);
  return ownStatus.bug;
}

const envFile = () =>
  new Option('--env-file <file>', 'variables from a file of NAME=value lines; the real environment wins');
const hostName = () =>
  new Option('--hostname <name>', 'be another pod: zk-1.zk-headless.default.svc.cluster.local');
const release = () =>
  new Option('--zookeeper-version <version>', 'the release to render for, such as 3.9.3 or 3.8');
const connect = () =>
  new Option('--connect <members>', 'host:port,host:port instead of the members of the settings');
const manifest = () =>
  new Option(
    '--manifest <file...>',
    'judge Kubernetes manifests instead of this machine; - is standard input',
  ).conflicts(['envFile', 'hostname']);
const output = (...choices: string[]) =>
  new Option('--output <form>', 'how the answer is written').choices(choices).default('text');

function program(finish: (status: number) => void, { pid1 }: Surroundings): Command {
  const root = new Command('zk-entrypoint')
    .description('Starts and supervises Apache ZooKeeper in a container, configured by ZK_* variables.')
    .version(packageJson.version)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(wrongWords(text)) })
    .showHelpAfterError('(run zk-entrypoint --help for the commands)')
    .helpCommand(false);
  // Each command is loaded when it runs: a probe every few seconds must not pay for the others.
  const run =
    <Flags>(load: () => Promise<Action<Flags>>) =>
    async (flags: Flags) =>
      finish(await (await load())(flags));
  addStart(root, run, pid1);
  addViews(root, run);
  addProbes(root, run);
  addStatus(root, run);
  addSanity(root, run);
  addConsent(root, finish);
  return root;
}

type Run = <Flags>(load: () => Promise<Action<Flags>>) => (flags: Flags) => Promise<void>;

function addStart(root: Command, run: Run, pid1: Surroundings['pid1']): void {
  root
    .command('start')
    .summary('prepare, start and supervise ZooKeeper: the command of the container')
    .description(
      'Reads settings, checks them, writes the files, starts the JVM and lives exactly as long as it does.',
    )
    .addOption(envFile())
    .addHelpText(
      'after',
      examples('ZK_REPLICAS=3 zk-entrypoint start', 'zk-entrypoint start --env-file zk.env'),
    )
    .action(
      run<ViewFlags>(async () => {
        const { start } = await import('./commands/start.ts');
        return (flags) => start(flags, pid1);
      }),
    );
}

function addViews(root: Command, run: Run): void {
  root
    .command('render')
    .summary('show every file and the java command that start would write and run')
    .description('Shows what start would write and run; writes nothing unless asked to.')
    .addOption(envFile())
    .addOption(hostName())
    .addOption(release())
    .addOption(new Option('--explain', 'show each setting with its value, its origin and where it goes'))
    .addOption(output('text', 'json'))
    .addOption(new Option('--write', 'write the files where they belong').conflicts(['out', 'explain']))
    .addOption(new Option('--out <dir>', 'write the files below a directory').conflicts('explain'))
    .addHelpText(
      'after',
      examples(
        'zk-entrypoint render --env-file zk.env --hostname zk-1.zk-headless.default.svc.cluster.local',
        'zk-entrypoint render --explain',
      ),
    )
    .action(run(async () => (await import('./commands/render.ts')).render));
  root
    .command('check')
    .summary('say every problem of the settings and the volume at once')
    .description(
      'Says every problem at once, each with what to do; ends with 78 when start would be refused.',
    )
    .addOption(envFile())
    .addOption(hostName())
    .addOption(release())
    .addOption(manifest())
    .addOption(output('text', 'json'))
    .addOption(new Option('--explain [code]', 'say what a code means, instead of checking; all without one'))
    .addHelpText(
      'after',
      examples(
        'zk-entrypoint check --env-file zk.env --hostname zk-0.zk',
        'kubectl get sts,cm,svc,pdb -o yaml | zk-entrypoint check --manifest -',
      ),
    )
    .action(run(async () => (await import('./commands/check.ts')).check));
  root
    .command('settings')
    .summary('list every setting')
    .description('The reference of every setting, from the same table that reads them.')
    .addOption(output('text', 'json', 'markdown'))
    .addHelpText('after', examples('zk-entrypoint settings', 'zk-entrypoint settings --output json'))
    .action(run(async () => (await import('./commands/settings.ts')).settings));
}

function addProbes(root: Command, run: Run): void {
  const probe = (name: 'live' | 'ready', summary: string, description: string) =>
    root
      .command(name)
      .summary(summary)
      .description(description)
      .addOption(new Option('--timeout <span>', 'how long to wait, such as 3s or 500ms').default('3s'))
      .addHelpText(
        'after',
        examples(`zk-entrypoint ${name}`, `ZK_CLIENT_PORT=2182 zk-entrypoint ${name} --timeout 1s`),
      )
      .action(run(async () => (await import('./commands/probe-cli.ts'))[name]));
  probe(
    'live',
    'liveness probe: 0 or 1 and one line',
    'Ends with 0 when the server answers ruok with imok, else with 1.',
  );
  probe(
    'ready',
    'readiness probe: 0 or 1 and one line',
    'Ends with 0 when clients may be sent to this server, else with 1.',
  );
}

function addStatus(root: Command, run: Run): void {
  root
    .command('status')
    .summary('show every member of the ensemble and the quorum')
    .description(
      'Asks every member at once and shows them in one table, the quorum in one sentence. Ends with 0 when all are well, ' +
        '1 when there is a quorum and a member is not well, 69 when there is no quorum.',
    )
    .addOption(new Option('--watch', 'look again every two seconds, until interrupted'))
    .addOption(connect())
    .addOption(new Option('--timeout <span>', 'how long a member may take to answer').default('3s'))
    .addOption(output('text', 'json'))
    .addHelpText(
      'after',
      examples(
        'zk-entrypoint status',
        'zk-entrypoint status --connect 127.0.0.1:2181,127.0.0.1:2182 --watch',
      ),
    )
    .action(run(async () => (await import('./commands/status.ts')).status));
}

function addSanity(root: Command, run: Run): void {
  root
    .command('sanity')
    .summary('write to one member and read from all others')
    .description(
      'Writes a value to one member, reads it from every other after a sync, and removes what it made.',
    )
    .addOption(new Option('--path <path>', 'the node to use').default('/hello'))
    .addOption(connect())
    .addOption(new Option('--timeout <span>', 'how long each member may take').default('10s'))
    .addOption(output('text', 'json'))
    .addHelpText(
      'after',
      examples('zk-entrypoint sanity', 'zk-entrypoint sanity --connect 127.0.0.1:2181,127.0.0.1:2182'),
    )
    .action(run(async () => (await import('./commands/sanity.ts')).sanityCommand));
}

function addConsent(root: Command, finish: (status: number) => void): void {
  root
    .command('consent')
    .argument('<token>', 'the token that the waiting member prints')
    .summary('let a member start that waits for a consent, this once')
    .description(
      'Lets a member start that waits because its data has vanished or its list of voters has changed. A token that does not fit ends with 64.',
    )
    .addHelpText(
      'after',
      examples('zk-entrypoint consent 1f0c9a3e', 'kubectl exec zk-2 -- zk-entrypoint consent 1f0c9a3e'),
    )
    .action(async (token: string) => finish(await (await import('./commands/consent.ts')).consent(token)));
}

function examples(...lines: readonly [string, string]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}`;
}
