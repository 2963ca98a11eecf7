import { Command, Option } from '@commander-js/extra-typings';

/**
 * Each command of the program with its flags and its help: the one place where they stand. The types of the flags are
 * read off these definitions, so a flag that is renamed here no longer compiles where it is used.
 */
export const definitions = {
  start: () =>
    new Command('start')
      .summary('prepare, start and supervise ZooKeeper: the command of the container')
      .description(
        'Reads and checks the settings, writes the files, starts the JVM, and ends when the JVM ends.',
      )
      .addOption(envFile())
      .addHelpText(
        'after',
        examples('ZK_REPLICAS=3 zk-entrypoint start', 'zk-entrypoint start --env-file zk.env'),
      ),

  render: () =>
    new Command('render')
      .summary('show every file and the java command that start would write and run')
      .description('Shows the files and the command of start. Writes nothing without an option to write.')
      .addOption(envFile())
      .addOption(hostName())
      .addOption(release())
      .addOption(
        new Option(
          '--from <image>',
          'the image whose names are set; by default it is recognised from the names',
        ).choices(['bitnami', 'docker-library', 'confluent'] as const),
      )
      .addOption(new Option('--explain', 'show each setting with its value, its origin and where it goes'))
      .addOption(textOrJson())
      .addOption(new Option('--write', 'write the files where they belong').conflicts(['out', 'explain']))
      .addOption(new Option('--out <dir>', 'write the files below a directory').conflicts('explain'))
      .addHelpText(
        'after',
        examples(
          'zk-entrypoint render --env-file zk.env --hostname zk-1.zk-headless.default.svc.cluster.local',
          'zk-entrypoint render --explain',
        ),
      ),

  check: () =>
    new Command('check')
      .summary('report every problem of the settings and the volume at once')
      .description(
        'Reports every problem at once, each with its remedy. Ends with 78 when start would be refused.',
      )
      .addOption(envFile())
      .addOption(hostName())
      .addOption(release())
      .addOption(
        new Option(
          '--manifest <file...>',
          'check Kubernetes manifests or compose files (also of another image) instead of this machine; - is standard input',
        ).conflicts(['envFile', 'hostname']),
      )
      .addOption(textOrJson())
      .addOption(
        new Option('--explain [code]', 'explain one finding code, or all of them, instead of checking'),
      )
      .addHelpText(
        'after',
        examples(
          'zk-entrypoint check --env-file zk.env --hostname zk-0.zk',
          'kubectl get sts,cm,svc,pdb -o yaml | zk-entrypoint check --manifest -',
        ),
      ),

  settings: () =>
    new Command('settings')
      .summary('list every setting')
      .description('Lists every setting with its type, default and meaning.')
      .addOption(
        new Option('--output <form>', HOW)
          .choices(['text', 'json', 'markdown'] as const)
          .default('text' as const),
      )
      .addHelpText('after', examples('zk-entrypoint settings', 'zk-entrypoint settings --output json')),

  live: () =>
    probe('live', 'liveness probe: 0 or 1 and one line').description(
      'Ends with 0 when the server answers ruok with imok, otherwise with 1.',
    ),

  ready: () =>
    probe('ready', 'readiness probe: 0 or 1 and one line').description(
      'Ends with 0 when this server is ready for clients, otherwise with 1.',
    ),

  status: () =>
    new Command('status')
      .summary('show every member of the ensemble and the quorum')
      .description(
        'Asks every member at once and shows them in one table, the quorum in one sentence. Ends with 0 when all are ' +
          'healthy, 1 when there is a quorum and a member is not healthy, 69 when there is no quorum.',
      )
      .addOption(
        new Option(
          '--watch',
          'look every two seconds until Ctrl-C, and show findings, room and membership too; a pipe gets each change',
        ),
      )
      .addOption(connect())
      .addOption(new Option('--timeout <span>', 'how long a member may take to answer').default('3s'))
      .addOption(textOrJson())
      .addHelpText(
        'after',
        examples(
          'zk-entrypoint status',
          'zk-entrypoint status --connect 127.0.0.1:2181,127.0.0.1:2182 --watch',
        ),
      ),

  scale: () =>
    new Command('scale')
      .argument('<replicas>', 'how many pods of the StatefulSet remain')
      .summary('remove the highest members from the ensemble before their pods go')
      .description(
        'Asks the supervisor of this container to remove the members above the number from the committed configuration, ' +
          'the highest first, each only while a majority of the others is synced. Ends with 0 when all are removed, 69 when not.',
      )
      .addOption(new Option('--timeout <span>', 'how long all of it may take').default('60s'))
      .addHelpText(
        'after',
        examples(
          'zk-entrypoint scale 3',
          'kubectl exec zk-0 -- zk-entrypoint scale 3 && kubectl scale statefulset zk --replicas=3',
        ),
      ),

  sanity: () =>
    new Command('sanity')
      .summary('write to one member and read from all others')
      .description(
        'Writes a value to one member, reads it from every other member after a sync, and removes its nodes.',
      )
      .addOption(new Option('--path <path>', 'the node to use').default('/hello'))
      .addOption(connect())
      .addOption(new Option('--timeout <span>', 'how long each member may take').default('10s'))
      .addOption(textOrJson())
      .addHelpText(
        'after',
        examples('zk-entrypoint sanity', 'zk-entrypoint sanity --connect 127.0.0.1:2181,127.0.0.1:2182'),
      ),

  hold: () =>
    new Command('hold')
      .summary('keep this member without a JVM, so that its volume can be repaired by hand')
      .description(
        'Stops the server of this member and keeps it stopped: the pod runs, is alive and not ready, and the hold ' +
          'survives restarts. Ends with 69 if the others are not a quorum without it.',
      )
      .addOption(new Option('--reason <text>', 'shown by status and in the log').default(''))
      .addOption(new Option('--without-quorum', 'hold it even if the others have no quorum without it'))
      .addHelpText(
        'after',
        examples(
          'kubectl exec zk-1 -- zk-entrypoint hold --reason "new disk"',
          'zk-entrypoint hold --without-quorum',
        ),
      ),

  release: () =>
    new Command('release')
      .summary('let a held member start')
      .description('Ends a hold of zk-entrypoint hold: the waiting start continues within seconds.')
      .addHelpText('after', examples('zk-entrypoint release', 'kubectl exec zk-1 -- zk-entrypoint release')),

  consent: () =>
    new Command('consent')
      .argument('<token>', 'the token that the waiting member prints')
      .summary('let a member that waits for a consent start once')
      .description(
        'Lets a member start that waits because its data has vanished or its list of voters has changed. Ends with 64 when the token does not match.',
      )
      .addHelpText(
        'after',
        examples('zk-entrypoint consent 1f0c9a3e', 'kubectl exec zk-2 -- zk-entrypoint consent 1f0c9a3e'),
      ),
};

/** The flags of a command, as commander gives them. */
export type FlagsOf<Name extends keyof typeof definitions> = Readonly<
  ReturnType<ReturnType<(typeof definitions)[Name]>['opts']>
>;

function probe(name: 'live' | 'ready', summary: string) {
  return new Command(name)
    .summary(summary)
    .addOption(new Option('--timeout <span>', 'how long to wait, such as 3s or 500ms').default('3s'))
    .addHelpText(
      'after',
      examples(`zk-entrypoint ${name}`, `ZK_CLIENT_PORT=2182 zk-entrypoint ${name} --timeout 1s`),
    );
}

const HOW = 'how the answer is written';

function envFile() {
  return new Option(
    '--env-file <file>',
    'variables from a file of NAME=value lines; the environment overrides them',
  );
}

function hostName() {
  return new Option('--hostname <name>', 'be another pod: zk-1.zk-headless.default.svc.cluster.local');
}

function release() {
  return new Option('--zookeeper-version <version>', 'the release to render for, such as 3.9.3 or 3.8');
}

function connect() {
  return new Option('--connect <members>', 'host:port,host:port instead of the members of the settings');
}

function textOrJson() {
  return new Option('--output <form>', HOW).choices(['text', 'json'] as const).default('text' as const);
}

function examples(...lines: readonly [string, string]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}`;
}
