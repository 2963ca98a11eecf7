import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { answer } from '../health/answers.ts';
import { answering, closedPort, serverThat } from '../host/servers.ts';
import { fakeJvm, javaHome } from './container.ts';
import { launcher, memberIn, temporaryFolder } from './run.ts';

const dropIns = join(import.meta.dirname, '../../image/bin');

async function dropIn(words: readonly string[], variables: Readonly<Record<string, string>> = {}) {
  const [name = '', ...args] = words;
  const PATH = `${dropIns}:${dirname(launcher)}:${dirname(process.execPath)}:${process.env['PATH']}`;
  const options = { env: { PATH, ...variables }, extendEnv: false, reject: false, timeout: 20_000 } as const;
  const { exitCode, stdout, stderr } = await execa(join(dropIns, name), args, options);
  return { exitCode, stdout, stderr };
}

/** A member whose JVM ends at once, so that a start ends, too; the flags of the tutorials say the rest. */
function member(folder: string, more: Readonly<Record<string, string>> = {}) {
  const { ZK_REPLICAS: _, ...variables } = memberIn(folder, { ...more });
  return { ...variables, JAVA_HOME: javaHome(folder, fakeJvm({ exitAfterMs: 0, exitWith: 3 })) };
}

const zooCfg = (folder: string) => readFileSync(join(folder, 'conf/zoo.cfg'), 'utf8');

describe('start-zookeeper', () => {
  const flags: [flag: string, lines: RegExp][] = [
    [
      '--servers=3',
      /^server\.1=zk-0\.zk:2888:3888\nserver\.2=zk-1\.zk:2888:3888\nserver\.3=zk-2\.zk:2888:3888$/m,
    ],
    ['--client_port=12181', /^clientPort=12181$/m],
    ['--server_port=12888', /^server\.1=zk-0\.zk:12888:3888$/m],
    ['--election_port=13888', /^server\.1=zk-0\.zk:2888:13888$/m],
    ['--tick_time=1000', /^tickTime=1000$/m],
    ['--init_limit=12', /^initLimit=12$/m],
    ['--sync_limit=7', /^syncLimit=7$/m],
    ['--max_client_cnxns=99', /^maxClientCnxns=99$/m],
    ['--snap_retain_count=4', /^autopurge\.snapRetainCount=4$/m],
    ['--purge_interval=12', /^autopurge\.purgeInterval=12$/m],
    ['--min_session_timeout=5000', /^minSessionTimeout=5000$/m],
    ['--max_session_timeout=50000', /^maxSessionTimeout=50000$/m],
  ];

  it('turns each flag into the line it stands for', async () => {
    const folder = temporaryFolder();
    const variables = member(folder, { ZK_DOMAIN: 'zk', ZK_CLIENT_PORT: '2181', ZK_TICK_TIME: '9999' });
    // Three members would wait for each other before anything is written; rendering needs nobody.
    writeFileSync(join(folder, 'zk-entrypoint'), `#!/bin/sh\nexec '${launcher}' render --write\n`);
    chmodSync(join(folder, 'zk-entrypoint'), 0o755);
    const PATH = `${folder}:${dropIns}:${dirname(process.execPath)}:${process.env['PATH']}`;
    const { exitCode } = await dropIn(['start-zookeeper', ...flags.map(([flag]) => flag)], {
      ...variables,
      PATH,
    });
    expect(exitCode).toBe(0);
    const written = zooCfg(folder);
    for (const [, line] of flags.filter(([flag]) => !/port|servers/.test(flag)))
      expect(written).toMatch(line);
    expect(written).toMatch(/^clientPort=12181$/m);
    expect(written).toMatch(/^server\.3=zk-2\.zk:12888:13888$/m);
  });

  it('turns paths, heap and level into theirs, and loses nothing after a second equals sign or a blank', async () => {
    const folder = temporaryFolder();
    const place = (name: string) => join(folder, 'a=b c', name);
    const words = ['conf', 'data', 'datalog', 'log'].map(place);
    const variables = member(folder);
    const { ZK_CONF_DIR, ZK_DATA_DIR, ZK_DATA_LOG_DIR, ZK_LOG_DIR } = memberIn(folder);
    mkdirSync(join(folder, 'a=b c'));
    const { exitCode } = await dropIn(
      [
        'start-zookeeper',
        `--conf_dir=${words[0]}`,
        `--data_dir=${words[1]}`,
        `--data_log_dir=${words[2]}`,
        `--log_dir=${words[3]}`,
        '--heap=96M',
        '--log_level=WARN',
        '-v',
      ],
      { ...variables, ZK_CLIENT_PORT: '12182' },
    );
    expect(exitCode).toBe(3);
    expect(readFileSync(join(words[0] ?? '', 'zoo.cfg'), 'utf8')).toContain(
      `dataDir=${words[1]}\ndataLogDir=${words[2]}`,
    );
    expect(readFileSync(join(words[0] ?? '', 'java.env'), 'utf8')).toContain('-Xmx96m');
    expect(readFileSync(join(words[0] ?? '', 'logback.xml'), 'utf8')).toContain('<root level="WARN">');
    expect(
      [ZK_CONF_DIR, ZK_DATA_DIR, ZK_DATA_LOG_DIR, ZK_LOG_DIR].some((path) => existsSync(path ?? '')),
    ).toBe(false);
  });

  it('is one member without --servers, and lets a flag win over a variable and its file', async () => {
    const folder = temporaryFolder();
    const variables = member(folder, { ZK_CLIENT_PORT: '12183', ZK_TICK_TIME_FILE: '/nowhere' });
    await dropIn(['start-zookeeper', '--tick_time=777'], variables);
    expect(zooCfg(folder)).toContain('tickTime=777');
    expect(zooCfg(folder)).not.toContain('server.');
  });

  it.each(['-h', '--help'])('%s lists every flag with its variable', async (word) => {
    const { exitCode, stdout } = await dropIn(['start-zookeeper', word]);
    expect(exitCode).toBe(0);
    for (const [flag] of flags) expect(stdout).toContain(`  ${flag.split('=')[0]} `);
    expect(stdout).toMatch(/--purge_interval +ZK_PURGE_INTERVAL/);
  });

  it('refuses what it does not know, all at once, with 64', async () => {
    const { exitCode, stderr } = await dropIn(['start-zookeeper', '--server=3', '--heap', 'zoo']);
    expect(stderr).toContain('does not know --server zoo; flags are written --name=value');
    expect(stderr).toContain(
      '--heap of start-zookeeper has no value; write the value with the flag: --heap=VALUE',
    );
    expect(exitCode).toBe(64);
  });
});

describe('zkGenConfig.sh', () => {
  it('writes the files, and zkServer.sh start-foreground starts from the same variables', async () => {
    const folder = temporaryFolder();
    const variables = { ...member(folder, { ZK_CLIENT_PORT: '12184' }), ZK_REPLICAS: '1' };
    const written = await dropIn(['zkGenConfig.sh'], variables);
    expect(written).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('written ') });
    expect(readFileSync(join(folder, 'data/myid'), 'utf8')).toBe('1\n');
    const started = await dropIn(['zkServer.sh', 'start-foreground'], variables);
    expect(started.stderr).toContain('zoo.cfg unchanged');
    expect(started.exitCode).toBe(3);
  });

  it('leaves to the start what is only a warning, so that it is said once', async () => {
    const folder = temporaryFolder();
    const variables = { ...member(folder, { ZK_SYNC_LIMIT: '2000' }), ZK_REPLICAS: '1' };
    const written = await dropIn(['zkGenConfig.sh'], variables);
    expect(written.stderr).toContain(`written ${folder}/conf/zoo.cfg`);
    const started = await dropIn(['zkServer.sh', 'start-foreground'], variables);
    expect(`${written.stderr}${started.stderr}`.match(/warning ZK-TIMING-001/g)).toHaveLength(1);
  });

  it('refuses as start would, with everything there is to say, since no start will say it', async () => {
    const { exitCode, stderr } = await dropIn(['zkGenConfig.sh'], {
      ZK_REPLICAS: 'three',
      ZK_SYNC_LIMIT: '2000',
    });
    expect(stderr).toMatch(/^error ZK-SETTING-001 ZK_REPLICAS/m);
    expect(stderr).toMatch(/^warning ZK-TIMING-001/m);
    expect(exitCode).toBe(78);
  });
});

describe('zkServer.sh', () => {
  it.each([
    ['that of the settings', { ZK_CONF_DIR: '/settings' }, '/settings'],
    ['that of ZooKeeper’s own variable', { ZK_CONF_DIR: '/settings', ZOOCFGDIR: '/own' }, '/own'],
    ['none without either', {}, ''],
  ])('has for a folder of zoo.cfg %s', async (_, variables, folder) => {
    const home = temporaryFolder();
    mkdirSync(join(home, 'bin'));
    writeFileSync(join(home, 'bin/zkServer.sh'), '#!/bin/sh\necho "in $ZOOCFGDIR"\n');
    chmodSync(join(home, 'bin/zkServer.sh'), 0o755);
    const { stdout } = await dropIn(['zkServer.sh', 'status'], { ZK_HOME: home, ...variables });
    expect(stdout.trim()).toBe(`in ${folder}`.trim());
  });

  it.each([
    ['status'],
    ['version'],
    ['start-foreground', '/my/zoo.cfg'],
    ['--config', '/etc/zk', 'start-foreground'],
  ])('%s is done by ZooKeeper’s own script', async (...words) => {
    const home = temporaryFolder();
    mkdirSync(join(home, 'bin'));
    writeFileSync(join(home, 'bin/zkServer.sh'), '#!/bin/sh\necho own "$@"\n');
    chmodSync(join(home, 'bin/zkServer.sh'), 0o755);
    const { exitCode, stdout } = await dropIn(['zkServer.sh', ...words], { ZK_HOME: home });
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: `own ${words.join(' ')}` });
  });
});

describe('zkCli.sh', () => {
  /** ZooKeeper's own sources java.env and puts JVMFLAGS after CLIENT_JVMFLAGS; this one shows what java would be given. */
  const own =
    '#!/bin/sh\nJVMFLAGS="-Xmx3g -Xms3g $JVMFLAGS"\nprintf "%s\\n" $CLIENT_JVMFLAGS $JVMFLAGS "$JAVA_TOOL_OPTIONS" "$@"\n';

  async function given(variables: Readonly<Record<string, string>>, ...words: readonly string[]) {
    const home = temporaryFolder();
    mkdirSync(join(home, 'bin'));
    writeFileSync(join(home, 'bin/zkCli.sh'), own);
    chmodSync(join(home, 'bin/zkCli.sh'), 0o755);
    const { exitCode, stdout } = await dropIn(['zkCli.sh', ...words], { ZK_HOME: home, ...variables });
    expect(exitCode).toBe(0);
    return stdout.split('\n');
  }
  const heapOf = (flags: readonly string[]) => flags.findLast((flag) => flag.startsWith('-Xmx'));

  it('has a heap of its own, and logs what is worth a warning to standard error', async () => {
    const flags = await given({}, 'create', '/hello', 'a b');
    expect(heapOf(flags)).toBe('-Xmx128m');
    expect(flags.slice(-3)).toEqual(['create', '/hello', 'a b']);
    const [, file = ''] =
      /^-Dlogback.configurationFile=file:(.*)$/.exec(flags.find((flag) => /logback/.test(flag)) ?? '') ?? [];
    expect(readFileSync(file, 'utf8')).toMatch(/System\.err[\s\S]*<root level="WARN">/);
  });

  it.each([
    ['-Xmx64m', { ZK_CLIENT_HEAP: '64' }],
    ['-Xmx1g', { CLIENT_JVMFLAGS: '-Xmx1g -Dx=y' }],
    ['-Xmx1g', { CLIENT_JVMFLAGS: '-Xmx1g', ZK_CLIENT_HEAP: '64', JVMFLAGS: '-Xmx9g' }],
  ])('has the heap %s with %j', async (heap, variables) => {
    expect(heapOf(await given(variables))).toBe(heap);
  });

  it.each(['JVMFLAGS', 'JAVA_TOOL_OPTIONS'])(
    'takes of %s what a client needs, not what is the server’s',
    async (name) => {
      const servers = [
        '-Xmx3G',
        '-XX:+UseG1GC',
        '-Xlog:gc:file=/var/log/gc.log',
        '-javaagent:/jmx.jar=9404:/jmx.yaml',
        '-agentlib:jdwp=transport=dt_socket,server=y,address=5005',
        '-Dcom.sun.management.jmxremote.port=9999',
        '-Dcom.sun.management.jmxremote.rmi.port=9999',
        '-Djava.rmi.server.hostname=zk-0',
      ];
      const clients = ['-Djava.security.auth.login.config=/jaas.conf', '-Dzookeeper.client.secure=true'];
      const text = `${servers.join(' ')}\n${clients.join(' ')}`;
      const flags = (await given({ [name]: text })).flatMap((line) => line.split(' '));
      expect(flags).toEqual(expect.arrayContaining(clients));
      expect(flags.filter((flag) => servers.includes(flag))).toEqual([]);
    },
  );

  it('leaves a text with quotes alone, which it cannot take apart', async () => {
    const JAVA_TOOL_OPTIONS = '-Dname="a b" -XX:+UseSerialGC';
    expect(await given({ JAVA_TOOL_OPTIONS })).toContain(JAVA_TOOL_OPTIONS);
  });
});

describe.each([
  ['zkMetrics.sh', (port: string) => ({ words: ['zkMetrics.sh'], variables: { ZK_CLIENT_PORT: port } })],
  ['zookeeper-metrics', (port: string) => ({ words: ['zookeeper-metrics', port], variables: {} })],
])('%s', (_name, asking) => {
  const ask = (port: number) => {
    const { words, variables } = asking(String(port));
    return dropIn(words, variables);
  };

  it('prints what mntr says', async () => {
    await using server = await answering((word) => answer(`3.9.6-leader-${word}`));
    expect(await ask(server.port)).toEqual({
      exitCode: 0,
      stdout: answer('3.9.6-leader-mntr').trimEnd(),
      stderr: '',
    });
  });

  it('prints the answer of a server that never closes', async () => {
    await using server = await serverThat((socket) =>
      socket.once('data', () => socket.write('zk_server_state\tleader\n')),
    );
    expect(await ask(server.port)).toMatchObject({ exitCode: 0, stdout: 'zk_server_state\tleader' });
  });

  it.each([
    [
      'is without a quorum',
      () => answering(() => answer('3.9.6-no-quorum-mntr')),
      'not currently serving',
      '',
    ],
    ['refuses', () => answering(() => answer('3.9.6-refused-mntr')), 'not in the whitelist', ''],
    ['never answers', () => serverThat(() => undefined), '', 'no answer on port'],
  ])('ends with 1 when the server %s', async (_what, start, said, complaint) => {
    await using server = await start();
    const { exitCode, stdout, stderr } = await ask(server.port);
    expect(stdout).toContain(said);
    expect(stderr).toContain(complaint);
    expect(exitCode).toBe(1);
  });

  it('ends with 1 when nothing listens', async () => {
    expect(await ask(await closedPort())).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('nothing listens'),
    });
  });
});
