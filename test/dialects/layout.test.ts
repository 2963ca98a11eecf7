import { describe, expect, it } from 'vitest';
import { prepare } from '../../src/preparation/prepare.ts';
import { fakeMachine } from '../preparation/fake-machine.ts';

/** What lies in a directory: `logs` are data with transaction logs, `mount` is a volume without anything on it yet. */
type Lies = 'data' | 'logs' | 'empty' | 'mount';

interface Case {
  readonly variables?: Readonly<Record<string, string>>;
  readonly lies: Readonly<Record<string, Lies>>;
}

const [bitnami, library, ours] = ['/bitnami/zookeeper/data', '/data', '/var/lib/zookeeper/data'];
const OUR_LOG = '/var/lib/zookeeper/log';
const bitnamis = { ALLOW_ANONYMOUS_LOGIN: 'yes' };
const librarys = { ZOO_MY_ID: '1' };

function preparedFor({ variables = {}, lies }: Case) {
  const kind = (directory: string) => lies[directory];
  const places = {
    findData: (directory: string) => {
      const found = kind(directory);
      if (found === undefined) return 'absent' as const;
      return found === 'data' || found === 'logs' ? 'data' : 'empty';
    },
    holdsLogs: (directory: string) => kind(directory) === 'logs',
    isMounted: (directory: string) => kind(directory) !== undefined && kind(directory) !== 'empty',
  };
  const machine = fakeMachine({ release: '3.9.4', variables });
  return prepare({ ...machine, places }, { assume: { kind: 'nothing' } });
}

describe('where the data is', () => {
  it.each<[string, Case, string, string]>([
    ["Bitnami's names alone", { variables: bitnamis, lies: {} }, ours, OUR_LOG],
    ["Bitnami's volume", { variables: bitnamis, lies: { [bitnami]: 'logs' } }, bitnami, bitnami],
    ["Bitnami's volume, new", { variables: bitnamis, lies: { [bitnami]: 'empty' } }, bitnami, bitnami],
    [
      "Bitnami's volume, and ours without data",
      { variables: bitnamis, lies: { [bitnami]: 'data', [ours]: 'mount' } },
      bitnami,
      bitnami,
    ],
    [
      "Bitnami's names, and data in ours",
      { variables: bitnamis, lies: { [bitnami]: 'empty', [ours]: 'data' } },
      ours,
      OUR_LOG,
    ],
    [
      "docker-library's two volumes",
      { variables: librarys, lies: { [library]: 'data', '/datalog': 'logs' } },
      library,
      '/datalog',
    ],
    [
      "docker-library's two volumes, new",
      { variables: librarys, lies: { [library]: 'mount', '/datalog': 'mount' } },
      library,
      '/datalog',
    ],
    [
      "docker-library's names, and one volume",
      { variables: librarys, lies: { [library]: 'data' } },
      library,
      library,
    ],
    [
      'logs beside the data, as charts with a zoo.cfg have it',
      { variables: librarys, lies: { [library]: 'logs', '/datalog': 'empty' } },
      library,
      library,
    ],
    // Ten of seventeen public files with docker-library's image set nothing at all.
    [
      'no names, and a volume with data',
      { lies: { [library]: 'data', '/datalog': 'data' } },
      library,
      '/datalog',
    ],
    ['no names, and a new volume', { lies: { [library]: 'mount' } }, library, library],
    [
      'no names, and a folder without data',
      { variables: { ZK_REPLICAS: '1' }, lies: { [library]: 'empty' } },
      ours,
      OUR_LOG,
    ],
    [
      'no names, and a new volume beside ours',
      { variables: { ZK_REPLICAS: '1' }, lies: { [library]: 'mount', [ours]: 'mount' } },
      ours,
      OUR_LOG,
    ],
    [
      'a directory that is named, whatever lies elsewhere',
      { variables: { ...bitnamis, ZK_DATA_DIR: '/srv/data' }, lies: { [bitnami]: 'data', [ours]: 'data' } },
      '/srv/data',
      OUR_LOG,
    ],
  ])('%s', async (_, input, dataDir, dataLogDir) => {
    const { settings, ready, findings } = await preparedFor(input);
    expect(settings).toMatchObject({ dataDir, dataLogDir });
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(ready).toBeDefined();
  });

  it.each<[string, Case]>([
    ["Bitnami's and ours", { variables: bitnamis, lies: { [bitnami]: 'data', [ours]: 'data' } }],
    [
      "Bitnami's and docker-library's",
      { variables: bitnamis, lies: { [bitnami]: 'data', [library]: 'data' } },
    ],
    ['no names', { variables: { ZK_REPLICAS: '1' }, lies: { [library]: 'data', [ours]: 'data' } }],
  ])('is refused where two places hold data: %s', async (_, input) => {
    const { ready, findings } = await preparedFor(input);
    expect(ready).toBeUndefined();
    const [found] = findings.filter(({ severity }) => severity === 'error');
    expect(`${found?.code} ${found?.problem}`).toMatch(
      /^ZK-DIALECT-008 holds the data of a server, and \/.* also does/,
    );
  });
});

describe('what is written beside the data', () => {
  const [conf, log] = ['/opt/bitnami/zookeeper/conf', '/opt/bitnami/zookeeper/logs'];

  it.each<[string, Case, string, string]>([
    [
      'folders that are mounted',
      { variables: bitnamis, lies: { [conf]: 'mount', [log]: 'mount' } },
      conf,
      log,
    ],
    [
      'no mounts',
      { variables: bitnamis, lies: { [conf]: 'empty' } },
      '/opt/zookeeper/conf',
      '/var/log/zookeeper',
    ],
    [
      "another image's folder",
      { variables: librarys, lies: { [conf]: 'mount' } },
      '/opt/zookeeper/conf',
      '/var/log/zookeeper',
    ],
    [
      'a name of ours',
      { variables: { ...bitnamis, ZK_CONF_DIR: '/srv/conf' }, lies: { [conf]: 'mount' } },
      '/srv/conf',
      '/var/log/zookeeper',
    ],
  ])('%s', async (_, input, confDir, logDir) => {
    expect((await preparedFor(input)).settings).toMatchObject({ confDir, logDir });
  });
});
