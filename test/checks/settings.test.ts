import { describe, expect, it } from 'vitest';
import { prepare } from '../../src/preparation/prepare.ts';
import type { Variables } from '../../src/settings/read-row.ts';
import { fakeMachine } from '../preparation/fake-machine.ts';

async function findingsOf(variables: Variables, more: Parameters<typeof fakeMachine>[0] = {}) {
  const machine = fakeMachine({ release: '3.9.6', ...more, variables: { ZK_REPLICAS: '3', ...variables } });
  return (await prepare(machine, { assume: { kind: 'nothing' } })).findings;
}

const codesOf = async (...input: Parameters<typeof findingsOf>) =>
  (await findingsOf(...input)).map(({ severity, code, subject }) => `${severity} ${code} ${subject}`);

describe('settings that start but are wrong', () => {
  it.each<[Variables, string]>([
    [{ ZK_SYNC_LIMIT: '2000' }, 'warning ZK-TIMING-001 ZK_SYNC_LIMIT'],
    [{ ZK_INIT_LIMIT: '10000' }, 'warning ZK-TIMING-001 ZK_INIT_LIMIT'],
    [{ ZK_MIN_SESSION_TIMEOUT: '50000' }, 'error ZK-TIMING-002 ZK_MIN_SESSION_TIMEOUT'],
    [{ ZK_TICK_TIME: '100' }, 'warning ZK-TIMING-003 ZK_TICK_TIME'],
    [{ ZK_INIT_LIMIT: '3' }, 'warning ZK-TIMING-004 ZK_INIT_LIMIT'],
    [{ ZK_MIN_SESSION_TIMEOUT: '1000' }, 'warning ZK-TIMING-005 ZK_MIN_SESSION_TIMEOUT'],
    [{ ZK_REPLICAS: '2' }, 'warning ZK-ENSEMBLE-002 ZK_REPLICAS'],
    [{ ZK_REPLICAS: '4' }, 'warning ZK-ENSEMBLE-001 ZK_REPLICAS'],
    [{ ZK_REPLICAS: '9' }, 'warning ZK-ENSEMBLE-003 ZK_REPLICAS'],
    [{ ZK_PURGE_INTERVAL: '0' }, 'warning ZK-PURGE-001 ZK_PURGE_INTERVAL'],
    [{ ZK_SNAP_RETAIN_COUNT: '2' }, 'note ZK-PURGE-002 ZK_SNAP_RETAIN_COUNT'],
    [{ ZK_MAX_CLIENT_CNXNS: '2' }, 'warning ZK-CLIENT-001 ZK_MAX_CLIENT_CNXNS'],
    [{ ZK_HEAP_SIZE: '2G' }, 'error ZK-MEMORY-001 ZK_HEAP_SIZE'],
    [{ ZK_CLIENT_PORT: '2888' }, 'error ZK-SETTING-012 ZK_SERVER_PORT'],
    [{ ZK_HEALTH_PORT: '2181' }, 'error ZK-SETTING-012 ZK_HEALTH_PORT'],
    [{ JVMFLAGS: '-Dzookeeper.ssl.keyStore.password=x' }, 'warning ZK-SETTING-013 JVMFLAGS'],
    [{ ZK_EXTRA_CONFIG: 'tickTime=1' }, 'error ZK-SETTING-007 ZK_EXTRA_CONFIG'],
    [{ ZK_EXTRA_CONFIG: 'server.7=a:1:2' }, 'error ZK-SETTING-007 ZK_EXTRA_CONFIG'],
    [{ ZK_EXTRA_CONFIG: 'jute.maxbuffer=1' }, 'error ZK-SETTING-008 ZK_EXTRA_CONFIG'],
    [{ ZK_EXTRA_CONFIG: 'zookeeper.snapCount=1' }, 'error ZK-SETTING-008 ZK_EXTRA_CONFIG'],
    [{ ZK_EXTRA_CONFIG: 'connectionMaxTokens=1' }, 'error ZK-SETTING-008 ZK_EXTRA_CONFIG'],
    [{ ZK_EXTRA_CONFIG: 'snapCoumt=1' }, 'warning ZK-SETTING-009 ZK_EXTRA_CONFIG'],
  ])('%j', async (variables, expected) => {
    expect(await codesOf(variables)).toEqual([expected]);
  });

  it('finds nothing in a plain configuration', async () => {
    expect(await codesOf({})).toEqual([]);
  });

  it('does not judge the heap by the memory of a machine without a limit', async () => {
    const machine = {
      ...fakeMachine({ release: '3.9.6', variables: { ZK_REPLICAS: '1', ZK_HEAP_SIZE: '2G' } }),
    };
    const unlimited = { ...machine, memory: { ...machine.memory, memoryIs: 'machine' as const } };
    expect((await prepare(unlimited, { assume: { kind: 'nothing' } })).findings).toEqual([]);
  });

  it('makes warnings errors under ZK_STRICT', async () => {
    expect(await codesOf({ ZK_STRICT: 'true', ZK_PURGE_INTERVAL: '0', ZK_TYPO: '1' })).toEqual([
      'error ZK-SETTING-004 ZK_TYPO',
      'error ZK-PURGE-001 ZK_PURGE_INTERVAL',
    ]);
  });
});

describe('what this release does not know', () => {
  it.each<[string, string]>([
    ['3.4.13', 'audit.enable=true'],
    ['3.4.13', 'secureClientPort=2281'],
    ['3.8.0', 'client.certReload=true'],
    ['3.8.0', 'fips-mode=false'],
    ['3.9.6', 'ipReachableTimeout=1'],
  ])('%s: %s is said and not written', async (release, line) => {
    const machine = fakeMachine({ release, variables: { ZK_REPLICAS: '3', ZK_EXTRA_CONFIG: line } });
    const { findings, ready } = await prepare(machine, { assume: { kind: 'nothing' } });
    expect(findings.map(({ code }) => code)).toEqual(['ZK-SETTING-010']);
    expect(ready?.plan.files[0]?.content).not.toContain(line.split('=')[0]);
  });

  it('is written for the release that knows it', async () => {
    const machine = fakeMachine({
      release: '3.8.5',
      variables: { ZK_REPLICAS: '3', ZK_EXTRA_CONFIG: 'client.certReload=true' },
    });
    const { findings, ready } = await prepare(machine, { assume: { kind: 'nothing' } });
    expect(findings).toEqual([]);
    expect(ready?.plan.files[0]?.content).toContain('client.certReload=true');
  });

  it('says that a distribution without a backend logs nothing', async () => {
    expect(await codesOf({}, { logging: 'none' })).toEqual(['warning ZK-DISTRIBUTION-003 ZK_HOME']);
  });
});
