import { describe, expect, it } from 'vitest';
import { prepare } from '../../src/preparation/prepare.ts';
import { mayHaveKnownFaults, WITHOUT_KNOWN_FAULTS } from '../../src/zookeeper/defects.ts';
import { faultsOf, KNOWN_FAULTS } from '../../src/zookeeper/known-faults.ts';
import { compareReleases, parseRelease, type Release } from '../../src/zookeeper/release.ts';
import { fakeMachine } from '../preparation/fake-machine.ts';

const release = (text: string) => parseRelease(text) as Release;

/** The faults that a member of three is told of, with what is set beside. */
async function told(text: string, variables: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const machine = fakeMachine({ release: text, variables: { ZK_REPLICAS: '3', ...variables } });
  const { findings } = await prepare(machine, { assume: { kind: 'nothing' } });
  return findings.filter(({ code }) => code === 'ZK-DISTRIBUTION-008').map(({ subject }) => subject);
}

const extra = (...lines: string[]) => ({ ZK_EXTRA_CONFIG: lines.join('\n') });
const ALONE = { ZK_REPLICAS: '1' };
/** Every client shows a certificate, and the port without TLS is on loopback. */
const CLOSED = { ZK_CLIENT_TLS_DIR: '/tls' };
const QUORUM_TLS = { ZK_QUORUM_TLS_DIR: '/tls' };
const NO_NAMES = extra('ssl.quorum.hostnameVerification=false');
const ADMIN = { ZK_ADMIN_PORT: '8080' };
const SASL = extra('quorum.auth.enableSasl=true');
const ENSEMBLE = 'authProvider.e=org.apache.zookeeper.server.auth.EnsembleAuthenticationProvider';

type Case = readonly [what: string, release: string, variables: Readonly<Record<string, string>>];

/** For each fault: where others reach it, and where they do not, by the configuration and by the release. */
const CASES: Readonly<Record<string, { readonly exposed: readonly Case[]; readonly not: readonly Case[] }>> =
  {
    'CVE-2017-5637': {
      exposed: [['whatever is set', '3.4.9', {}]],
      not: [
        ['mended', '3.4.10', {}],
        ['mended in its line', '3.5.3', {}],
      ],
    },
    'CVE-2018-8012': {
      exposed: [['members', '3.4.9', {}]],
      not: [
        ['alone', '3.4.9', ALONE],
        ['mended', '3.4.10', {}],
      ],
    },
    'CVE-2019-0201': {
      exposed: [
        ['an open port', '3.4.13', {}],
        ['an open port', '3.5.4', {}],
      ],
      not: [
        ['on loopback', '3.4.13', { ZK_CLIENT_ADDRESS: '127.0.0.1' }],
        ['mended', '3.4.14', {}],
        ['mended', '3.5.5', {}],
      ],
    },
    'CVE-2023-44981': {
      exposed: [
        ['logins of members', '3.8.2', SASL],
        ['logins of members', '3.6.4', SASL],
      ],
      not: [
        ['no logins', '3.8.2', {}],
        ['alone', '3.8.2', { ...SASL, ...ALONE }],
        ['mended', '3.8.3', SASL],
        ['mended', '3.7.2', SASL],
      ],
    },
    'CVE-2024-23944': {
      exposed: [
        ['an open port', '3.8.0', {}],
        ['certificates that need not be', '3.8.0', { ...CLOSED, ZK_CLIENT_CERTIFICATES: 'want' }],
      ],
      not: [
        ['certificates', '3.8.0', CLOSED],
        ['older', '3.5.10', {}],
        ['mended', '3.9.2', {}],
      ],
    },
    'CVE-2024-51504': {
      exposed: [['an AdminServer', '3.9.2', ADMIN]],
      not: [
        ['no AdminServer', '3.9.2', {}],
        ['on loopback', '3.9.2', { ...ADMIN, ...extra('admin.serverAddress=127.0.0.1') }],
        ['older', '3.8.0', ADMIN],
        ['mended', '3.9.3', ADMIN],
      ],
    },
    'CVE-2025-58457': {
      exposed: [['an AdminServer', '3.9.3', ADMIN]],
      not: [
        ['no AdminServer', '3.9.3', {}],
        [
          'without snapshots',
          '3.9.3',
          { ...ADMIN, ...extra('admin.snapshot.enabled=false', 'admin.restore.enabled=false') },
        ],
        ['mended', '3.9.4', ADMIN],
      ],
    },
    'CVE-2026-24281': {
      exposed: [
        ['members with TLS', '3.8.0', QUORUM_TLS],
        ['without FIPS mode', '3.9.3', { ...QUORUM_TLS, ...extra('fips-mode=false') }],
      ],
      not: [
        ['plain', '3.8.0', {}],
        ['in FIPS mode', '3.9.3', QUORUM_TLS],
        ['no names', '3.8.0', { ...QUORUM_TLS, ...NO_NAMES }],
        ['mended', '3.8.6', QUORUM_TLS],
      ],
    },
    'CVE-2026-59739': {
      exposed: [['an open port', '3.9.5', {}]],
      not: [
        ['certificates', '3.9.5', CLOSED],
        ['mended', '3.9.6', {}],
        ['mended', '3.8.7', {}],
      ],
    },
    'CVE-2026-59969': {
      exposed: [['members with TLS', '3.9.3', QUORUM_TLS]],
      not: [
        ['plain', '3.9.3', {}],
        ['without FIPS mode', '3.9.3', { ...QUORUM_TLS, ...extra('fips-mode=false') }],
        ['no FIPS mode', '3.8.0', QUORUM_TLS],
        ['mended', '3.9.6', QUORUM_TLS],
      ],
    },
    'CVE-2026-79993': {
      exposed: [
        ['an open port', '3.8.6', {}],
        ['both ports', '3.8.6', { ...CLOSED, ZK_CLIENT_TLS: 'both' }],
      ],
      not: [
        ['certificates', '3.8.6', CLOSED],
        ['mended', '3.8.7', {}],
      ],
    },
    'CVE-2026-84439': {
      exposed: [['an audit log', '3.9.5', extra('audit.enable=true')]],
      not: [
        ['none', '3.9.5', {}],
        ['one that is off', '3.9.5', extra('audit.enable=false')],
        ['mended', '3.9.6', extra('audit.enable=true')],
      ],
    },
    'CVE-2026-84501': {
      exposed: [['the provider', '3.9.5', extra(ENSEMBLE, 'ensembleAuthName=a')]],
      not: [
        ['none', '3.9.5', {}],
        ['no name', '3.9.5', extra(ENSEMBLE)],
        ['mended', '3.9.6', extra(ENSEMBLE, 'ensembleAuthName=a')],
      ],
    },
  };

const cases = (kind: 'exposed' | 'not') =>
  Object.entries(CASES).flatMap(([id, both]) =>
    both[kind].map(([what, text, set]) => [id, what, text, set] as const),
  );

describe('a published fault', () => {
  it.each(cases('exposed'))('%s is told with %s of %s', async (id, _what, text, variables) => {
    expect(await told(text, variables)).toContain(id);
  });

  it.each(cases('not'))('%s is not told with %s of %s', async (id, _what, text, variables) => {
    expect(await told(text, variables)).not.toContain(id);
  });

  it('is tried where it is exposed and where it is not, each', () => {
    expect(Object.keys(CASES)).toEqual(KNOWN_FAULTS.map(({ id }) => id));
    const short = Object.entries(CASES).filter(
      ([, { exposed, not }]) => exposed.length === 0 || not.length === 0,
    );
    expect(short).toEqual([]);
  });

  it('is told with the release that has it no more, and what to do until then', async () => {
    const machine = fakeMachine({ release: '3.9.3', variables: { ZK_REPLICAS: '3', ...ADMIN } });
    const { findings } = await prepare(machine, { assume: { kind: 'nothing' } });
    const found = findings.find(({ subject }) => subject === 'CVE-2025-58457');
    expect(found).toMatchObject({
      severity: 'warning',
      problem: expect.stringMatching(
        /^ZooKeeper 3\.9\.3 has this published fault, .*: everybody with any right on \/ can download/,
      ),
      remedy: expect.stringMatching(/^upgrade to 3\.9\.4 or newer; until then set ZK_ADMIN_PORT to 0/),
    });
  });

  it.each(KNOWN_FAULTS)('$id names releases, oldest first', ({ since, fixedIn }) => {
    for (const list of [since, fixedIn]) {
      const bounds = list.map(release);
      expect(bounds).not.toContain(undefined);
      expect(bounds.toSorted(compareReleases)).toEqual(bounds);
    }
  });

  it('is in no release that a start does not look for', () => {
    for (const text of WITHOUT_KNOWN_FAULTS) {
      const { major, minor, patch } = release(text);
      expect(faultsOf({ major, minor, patch })).toEqual([]);
      expect(mayHaveKnownFaults({ major, minor, patch })).toBe(false);
      expect(faultsOf({ major, minor, patch: patch - 1 })).not.toEqual([]);
      expect(mayHaveKnownFaults({ major, minor, patch: patch - 1 })).toBe(true);
    }
    expect(faultsOf(release('3.10.0'))).toEqual([]);
    expect(mayHaveKnownFaults(release('3.10.0'))).toBe(false);
  });
});

describe('ZooKeeper 3.10', () => {
  const found = async (text: string, javaRelease: string) => {
    const machine = fakeMachine({ release: text, javaRelease, variables: { ZK_REPLICAS: '3' } });
    const { findings } = await prepare(machine, { assume: { kind: 'nothing' } });
    return findings.filter(({ code }) => code === 'ZK-DISTRIBUTION-009').map(({ problem }) => problem);
  };

  it('is refused on a Java before 17, which 3.9 runs on', async () => {
    expect(await found('3.10.0', 'JAVA_VERSION="11.0.2"')).toEqual([
      'needs Java 17 or newer, and this is Java 11',
    ]);
    expect(await found('3.10.0', 'JAVA_VERSION="17.0.1"')).toEqual([]);
    expect(await found('3.9.6', 'JAVA_VERSION="11.0.2"')).toEqual([]);
  });
});
