import { describe, expect, it } from 'vitest';
import { identify } from '../../src/ensemble/identity.ts';
import { readSettings } from '../../src/settings/read.ts';
import type { Variables } from '../../src/settings/read-row.ts';

const DOMAIN = 'zk-headless.default.svc.cluster.local';

interface Case {
  readonly variables?: Variables;
  readonly hostName?: string;
  readonly domain?: string | undefined;
  readonly onVolume?: number;
}

function identityOf({ variables = { ZK_REPLICAS: '3' }, hostName = 'zk-0', ...rest }: Case) {
  const memory = { memoryBytes: 2 ** 31, memoryIs: 'limit' } as const;
  const { settings } = readSettings({ variables, files: new Map(), memory });
  const domain = 'domain' in rest ? rest.domain : DOMAIN;
  return identify(settings, { hostName, domain, idOnVolume: () => rest.onVolume });
}

const idOf = (input: Case) => identityOf(input).ensemble?.myid;
const membersOf = (input: Case) => identityOf(input).ensemble?.members.map(({ id, host }) => `${id} ${host}`);

describe('the id of this server', () => {
  it.each<[Case, number]>([
    [{ hostName: 'zk-0' }, 1],
    [{ hostName: 'zk-2' }, 3],
    [{ hostName: `zk-1.${DOMAIN}`, domain: undefined }, 2],
    [{ hostName: 'zk-02' }, 3],
    [{ hostName: 'my-zoo-keeper-1' }, 2],
    [{ variables: { ZK_REPLICAS: '10' }, hostName: 'zk-08' }, 9],
    [{ variables: { ZK_REPLICAS: '12' }, hostName: 'zk-010' }, 11],
    [{ variables: { ZK_ENSEMBLE: 'zk-1;zk-2;zk-3', ZK_MYID_OFFSET: '0' }, hostName: 'zk-1' }, 1],
    [{ variables: { ZK_REPLICAS: '3', ZK_MYID_OFFSET: '100' }, hostName: 'zk-1' }, 101],
    [{ variables: { ZK_REPLICAS: '3', POD_NAME: 'zk-2' }, hostName: 'zk-2' }, 3],
    [{ variables: { ZK_REPLICAS: '3', POD_NAME: 'zk-2', ZK_DOMAIN: DOMAIN }, hostName: 'node-7' }, 3],
    [{ variables: { ZK_ENSEMBLE: '127.0.0.1:1:2;127.0.0.1:3:4', ZK_MYID: '2' }, hostName: 'laptop' }, 2],
    [{ variables: { ZK_ENSEMBLE: 'alpha;beta;gamma' }, hostName: 'beta' }, 2],
    [{ variables: { ZK_ENSEMBLE: 'a-0;a-1;b-0' }, hostName: 'b-0' }, 3],
    [{ variables: { ZK_REPLICAS: '3', ZK_MYID_OFFSET: '0' }, hostName: 'zk-0' }, 0],
    [{ variables: { ZK_ENSEMBLE: 'server.0=a:1:2;server.1=b:1:2' }, hostName: 'a' }, 0],
    [{ variables: { ZK_ENSEMBLE: 'alpha:1:2::0;beta:1:2::7' }, hostName: 'beta' }, 7],
    [{ variables: { ZK_ENSEMBLE: 'alpha:1:2::0;0.0.0.0:1:2::7' }, hostName: 'beta' }, 7],
    [
      { variables: { ZK_ENSEMBLE: 'server.4=service-a;server.7=service-b' }, hostName: 'pod', onVolume: 7 },
      7,
    ],
    [{ variables: { ZK_ENSEMBLE: 'service-a;service-b' }, hostName: 'pod', onVolume: 2 }, 2],
    // Where the name tells an id, a volume of another pod must not change it.
    [{ variables: { ZK_ENSEMBLE: 'service-a;service-b' }, hostName: 'pod-0', onVolume: 2 }, 1],
    [{ variables: { ZK_ENSEMBLE: 'zk-0;zk-1' }, hostName: 'zk-0', onVolume: 2 }, 1],
    [{ variables: { ZK_REPLICAS: '3' }, hostName: 'zk-0', onVolume: 2 }, 1],
  ])('%j is %i', (input, id) => {
    expect(idOf(input)).toBe(id);
  });
});

describe('the members', () => {
  it('follow from the replicas and the own name', () => {
    expect(membersOf({})).toEqual([`1 zk-0.${DOMAIN}`, `2 zk-1.${DOMAIN}`, `3 zk-2.${DOMAIN}`]);
  });

  it('follow from the ensemble, full names and addresses as they are', () => {
    const variables = { ZK_ENSEMBLE: 'zk-0;zk-1.elsewhere.example;10.0.0.3;[fd00::4]' };
    expect(membersOf({ variables })).toEqual([
      `1 zk-0.${DOMAIN}`,
      '2 zk-1.elsewhere.example',
      '3 10.0.0.3',
      '4 fd00::4',
    ]);
  });

  it('keep their ordinals when the list has another order', () => {
    expect(membersOf({ variables: { ZK_ENSEMBLE: 'zk-2;zk-0;zk-1' } })?.[0]).toBe(`1 zk-0.${DOMAIN}`);
  });

  it('need no domain when there is but one', () => {
    expect(membersOf({ variables: { ZK_REPLICAS: '1' }, domain: undefined })).toEqual(['1 zk-0']);
  });

  it('need no domain when all have full names', () => {
    const variables = { ZK_ENSEMBLE: 'zk-0.a.b;zk-1.a.b;zk-2.a.b' };
    expect(membersOf({ variables, domain: undefined })).toHaveLength(3);
  });
});

describe('the id 0', () => {
  it('is a warning and no refusal', () => {
    const { ensemble, findings } = identityOf({ variables: { ZK_REPLICAS: '3', ZK_MYID_OFFSET: '0' } });
    expect(findings.map(({ code, severity, subject }) => `${severity} ${code} ${subject}`)).toEqual([
      `warning ZK-IDENTITY-009 zk-0.${DOMAIN}`,
    ]);
    expect(ensemble?.members.map(({ id }) => id)).toEqual([0, 1, 2]);
  });

  it('is not taken from a volume where the list does not have it', () => {
    const input = { variables: { ZK_ENSEMBLE: 'service-a;service-b' }, hostName: 'pod', onVolume: 0 };
    expect(identityOf(input).findings.map(({ code }) => code)).toEqual(['ZK-IDENTITY-001']);
  });
});

describe('refusals', () => {
  it.each<[string, Case, string]>([
    ['ZK-SETTING-006', { variables: {} }, 'set ZK_REPLICAS'],
    ['ZK-IDENTITY-001', { hostName: 'laptop' }, '"laptop" does not end in a dash and an ordinal'],
    ['ZK-IDENTITY-001', { hostName: 'zk' }, '"zk" does not end'],
    ['ZK-IDENTITY-002', { hostName: 'zk-3' }, 'has the id 4, but the ensemble has the ids 1, 2, 3'],
    [
      'ZK-IDENTITY-002',
      { variables: { ZK_REPLICAS: '1' }, hostName: 'zk-2' },
      'has the id 3, but the ensemble has only the id 1',
    ],
    ['ZK-IDENTITY-002', { variables: { ZK_REPLICAS: '3', ZK_MYID: '4' } }, 'has the id 4'],
    ['ZK-IDENTITY-002', { variables: { ZK_ENSEMBLE: 'zk-0;zk-1', ZK_MYID: '2' } }, 'as member 1'],
    ['ZK-IDENTITY-003', { domain: undefined }, 'has no domain'],
    [
      'ZK-IDENTITY-003',
      { variables: { ZK_REPLICAS: '3', POD_NAME: 'zk-2' }, hostName: 'node-7.dc' },
      "not the pod's",
    ],
    ['ZK-IDENTITY-004', { variables: { ZK_ENSEMBLE: 'zk-0;zk-1;zk-1' } }, 'are both'],
    [
      'ZK-IDENTITY-004',
      { variables: { ZK_ENSEMBLE: 'zk-0;zk-1.h;ZK-1.H:2888:3888' } },
      'are both zk-1.h:2888',
    ],
    [
      'ZK-IDENTITY-004',
      { variables: { ZK_ENSEMBLE: '[fd00::1];[FD00:0:0::1]', ZK_MYID: '1' } },
      'are both [fd00::1]:2888',
    ],
    [
      'ZK-IDENTITY-004',
      { variables: { ZK_ENSEMBLE: '[::ffff:10.0.0.1];10.0.0.1', ZK_MYID: '1' } },
      'are both 10.0.0.1:2888',
    ],
    ['ZK-IDENTITY-005', { variables: { ZK_REPLICAS: '3', ZK_MYID_OFFSET: '254' } }, 'the id 256'],
    ['ZK-IDENTITY-006', { variables: { ZK_REPLICAS: '3', ZK_ENSEMBLE: 'zk-0;zk-1' } }, 'lists 2 members'],
    [
      'ZK-IDENTITY-007',
      { variables: { ZK_REPLICAS: '3', ZK_PEER_TYPE: 'observer' } },
      'has member 1 as participant',
    ],
    [
      'ZK-IDENTITY-008',
      { variables: { ZK_ENSEMBLE: 'zk-0:1:2:observer;zk-1:1:2:observer' } },
      'every member is an observer',
    ],
    // A list of two StatefulSets, in the pods of the second: an offset would move the voters too, for them alone.
    [
      'ZK-IDENTITY-010',
      { variables: { ZK_ENSEMBLE: 'zk-0;zk-1;zko-0:1:2:observer', ZK_MYID_OFFSET: '4' }, hostName: 'zko-0' },
      'moves the ids of all members',
    ],
    [
      'ZK-IDENTITY-002',
      { variables: { ZK_ENSEMBLE: 'zk-0.a;zk-1.a;zko-0.a:1:2:observer' }, hostName: 'zko-0', domain: 'b' },
      'is zko-0.a in ZK_ENSEMBLE, and by its ordinal it would be member 1, which is zk-0.a',
    ],
    [
      'ZK-IDENTITY-002',
      { variables: { ZK_ENSEMBLE: 'zk-0;zk-1;zko-0:1:2:observer' }, hostName: 'zkx-0' },
      'is not in ZK_ENSEMBLE, and by its ordinal it would be member 1',
    ],
    [
      'ZK-IDENTITY-002',
      { variables: { ZK_REPLICAS: '3', ZK_OBSERVER_OF: 'zk', ZK_MYID_OFFSET: '1' }, hostName: 'zko-0' },
      'has the id 1, which is that of zk-0',
    ],
    [
      'ZK-SETTING-012',
      { variables: { ZK_REPLICAS: '3', ZK_ELECTION_PORT: '2888' } },
      'both as server port and as election port',
    ],
  ])('%s for %j', (code, input, words) => {
    const { ensemble, findings } = identityOf(input);
    expect(ensemble).toBeUndefined();
    const found = findings.find((candidate) => candidate.code === code);
    expect(`${found?.problem}; ${found?.remedy}`).toContain(words);
  });
});

describe('members of several StatefulSets', () => {
  it('have ids by their places, which is said, unless the list gives them', () => {
    const list = 'zk-0;zk-1;zko-0:1:2:observer';
    const byPlace = identityOf({ variables: { ZK_ENSEMBLE: list }, hostName: 'zko-0' });
    expect([byPlace.ensemble?.myid, byPlace.findings.map(({ code }) => code)]).toEqual([
      3,
      ['ZK-IDENTITY-011'],
    ]);
    const given = 'zk-0:1:2::1;zk-1:1:2::2;zko-0:1:2:observer::101';
    const byId = identityOf({ variables: { ZK_ENSEMBLE: given }, hostName: 'zko-0' });
    expect([byId.ensemble?.myid, byId.findings]).toEqual([101, []]);
  });

  it('observe the voters of another, with ids of their own and a list that is the voters’', () => {
    const variables = { ZK_REPLICAS: '3', ZK_OBSERVER_OF: 'zk' };
    const { ensemble } = identityOf({ variables, hostName: 'zko-1' });
    expect(ensemble).toMatchObject({
      myid: 102,
      becomes: 'observer',
      self: { host: `zko-1.${DOMAIN}`, role: 'observer' },
    });
    expect(ensemble?.members.map(({ id, host }) => `${id} ${host.split('.')[0]}`)).toEqual([
      '1 zk-0',
      '2 zk-1',
      '3 zk-2',
      '102 zko-1',
    ]);
    const elsewhere = { ...variables, ZK_OBSERVER_OF: 'zk.other.svc' };
    expect(identityOf({ variables: elsewhere, hostName: 'zko-0' }).ensemble?.members[0]?.host).toBe(
      'zk-0.other.svc',
    );
  });

  it('are counted from the first ordinal that there is', () => {
    const variables = { ZK_REPLICAS: '2', ZK_ORDINALS_START: '5' };
    expect(membersOf({ variables, hostName: 'zk-6' })).toEqual([`6 zk-5.${DOMAIN}`, `7 zk-6.${DOMAIN}`]);
    expect(idOf({ variables, hostName: 'zk-6' })).toBe(7);
  });

  it('may be more than the list has where the ensemble decides', () => {
    const variables = { ZK_REPLICAS: '3', ZK_MEMBERSHIP: 'dynamic' };
    expect(identityOf({ variables, hostName: 'zk-4' }).ensemble).toMatchObject({
      myid: 5,
      becomes: 'participant',
      self: { host: `zk-4.${DOMAIN}`, role: 'observer' },
    });
    expect(identityOf({ variables: { ZK_REPLICAS: '3' }, hostName: 'zk-4' }).findings[0]?.code).toBe(
      'ZK-IDENTITY-002',
    );
  });
});
