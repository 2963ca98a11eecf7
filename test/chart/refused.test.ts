import { describe, expect, it } from 'vitest';
import { helm, tryTemplate, type Values } from './helm.ts';

/** What the schema refuses, with the name that it must say. */
const wrong: readonly (readonly [name: string, values: Values])[] = [
  ['replicas', { replicas: 3 }],
  ['replicaCount', { replicaCount: '3' }],
  ['replicaCount', { replicaCount: 0 }],
  ['replicaCount', { replicaCount: 2.5 }],
  ['heapsize', { heapsize: '1g' }],
  ['heapSize', { heapSize: true }],
  ['heapSize', { heapSize: 4 }],
  ['ticktime', { ticktime: 2000 }],
  ['tickTime', { tickTime: '2s' }],
  ['syncLimit', { syncLimit: 0 }],
  ['maxClientCnxns', { maxClientCnxns: -1 }],
  ['snapRetainCount', { autopurge: { snapRetainCount: 1 } }],
  ['purgeIntervall', { autopurge: { purgeIntervall: 1 } }],
  ['logLevel', { logLevel: 'verbose' }],
  ['dataLogDir', { dataLogDir: 'log' }],
  ['readiness', { readiness: 'ready' }],
  ['logFormat', { logFormat: 'xml' }],
  ['stopDelay', { stopDelay: 'five' }],
  ['repository', { image: { repository: '' } }],
  ['debug', { image: { debug: true } }],
  ['digest', { image: { digest: '0123' } }],
  ['pullPolicy', { image: { pullPolicy: 'always' } }],
  ['updateStrategy', { updateStrategy: 'RollingUpdate' }],
  ['podManagementPolicy', { podManagementPolicy: 'Sequential' }],
  ['timeoutSeconds', { readinessProbe: { timeoutSeconds: 1 } }],
  ['probeCommandTimeout', { livenessProbe: { probeCommandTimeout: 2 } }],
  ['podAntiAffinityPreset', { podAntiAffinityPreset: 'required' }],
  ['tolerations', { tolerations: { key: 'a' } }],
  ['size', { persistence: { size: 20 } }],
  ['accessMode', { persistence: { accessMode: 'ReadWriteOnce' } }],
  ['accessModes', { persistence: { accessModes: [] } }],
  ['whenScaled', { persistentVolumeClaimRetentionPolicy: { whenScaled: 'delete' } }],
  ['port', { service: { port: 2181 } }],
  ['type', { service: { type: 'ExternalName' } }],
  ['client', { containerPorts: { client: 70_000 } }],
  ['serviceMonitor', { metrics: { serviceMonitor: { enabled: true } } }],
  ['auth', { tls: { client: { auth: 'yes' } } }],
  ['mode', { tls: { quorum: { mode: 'plain' } } }],
  ['existingSecretKeystoreKey', { tls: { quorum: { existingSecretKeystoreKey: 'tls.crt' } } }],
  ['serverUsers', { auth: { client: { serverUsers: 'alice' } } }],
  ['user', { auth: { quorum: { user: 'two words' } } }],
  ['principal', { auth: { kerberos: { principal: 'zookeeper' } } }],
  ['commonLabels', { commonLabels: { team: 5 } }],
  ['adaptSecurityContext', { global: { compatibility: { openshift: { adaptSecurityContext: 'yes' } } } }],
];

/** What no schema can say: values that contradict each other, or would do nothing. */
const contradicting: readonly (readonly [message: string, values: Values])[] = [
  ['auth.client.enabled needs', { auth: { client: { enabled: true } } }],
  ['auth.client.existingSecret has no effect', { auth: { client: { existingSecret: 'a' } } }],
  ['auth.quorum.enabled needs', { auth: { quorum: { enabled: true } } }],
  ['auth.quorum.user needs', { auth: { quorum: { enabled: true, user: 'zk' } } }],
  ['auth.quorum.user and existingSecret have no effect', { auth: { quorum: { existingSecret: 'a' } } }],
  ['auth.quorum.mode has no effect', { auth: { quorum: { mode: 'both' } } }],
  ['auth.kerberos.existingSecret has no effect', { auth: { kerberos: { existingSecret: 'a' } } }],
  ['auth.peers.mode has no effect', { auth: { peers: { mode: 'want' } } }],
  ['auth.superUser has no effect', { auth: { superUser: 'alice' } }],
  ['enabled is false', { enabled: false }],
  ['image.repository is bitnamilegacy/zookeeper', { image: { repository: 'bitnamilegacy/zookeeper' } }],
  [
    'extraEnvVars has BITNAMI_DEBUG, which does nothing here',
    { extraEnvVars: [{ name: 'BITNAMI_DEBUG', value: 'true' }] },
  ],
  ['persistence.existingClaim is for one member', { persistence: { existingClaim: 'a' } }],
  [
    'persistence.dataLogDir.enabled needs',
    { persistence: { enabled: false, dataLogDir: { enabled: true } } },
  ],
  ['pdb.minAvailable and pdb.maxUnavailable', { pdb: { minAvailable: 2, maxUnavailable: 1 } }],
  ['podManagementPolicy is OrderedReady', { podManagementPolicy: 'OrderedReady' }],
  ['needs metrics.podMonitor.enabled', { metrics: { prometheusRule: { enabled: true } } }],
  ['tls.client.enabled needs tls.client.existingSecret', { tls: { client: { enabled: true } } }],
  ['tls.quorum.mode has no effect', { tls: { quorum: { mode: 'both' } } }],
  ['tls.trustBundle.configMapName has no effect', { tls: { trustBundle: { configMapName: 'a' } } }],
  [
    'tls.client.existingSecretTruststoreKey is trust.jks',
    { tls: { client: { enabled: true, existingSecret: 'a', existingSecretTruststoreKey: 'trust.jks' } } },
  ],
  [
    'tls.client.passwordsSecretName and tls.quorum.passwordsSecretName differ',
    {
      tls: {
        client: { enabled: true, existingSecret: 'a', passwordsSecretName: 'a' },
        quorum: { enabled: true, existingSecret: 'a', passwordsSecretName: 'b' },
      },
    },
  ],
  ['tls.quorum.existingSecret has no effect', { tls: { quorum: { existingSecret: 'a' } } }],
  [
    'tls.certManager.issuerRef.name is not set',
    { tls: { client: { enabled: true }, certManager: { enabled: true } } },
  ],
  [
    'tls.certManager.enabled has no effect',
    { tls: { certManager: { enabled: true, issuerRef: { name: 'ca' } } } },
  ],
  ['service.disableBaseClientPort leaves clients no port', { service: { disableBaseClientPort: true } }],
  ['networkPolicy.ingressNSMatchLabels', { networkPolicy: { ingressNSMatchLabels: { a: 'b' } } }],
  ['networkPolicy.extraEgress has no effect', { networkPolicy: { extraEgress: [{}] } }],
  [
    'the name a-name-of-more-than-forty-three-characters-zk has 45 characters',
    { fullnameOverride: 'a-name-of-more-than-forty-three-characters-zk' },
  ],
];

describe.skipIf(helm === '')('the chart refuses', () => {
  it.each(wrong)('a wrong %s by its name: %j', async (name, values) => {
    const { exitCode, stderr } = await tryTemplate(values);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(new RegExp(`(at '/[^']*\\b|')${name}\\b`));
    expect(stderr).toContain('values don');
  });

  it.each(contradicting)('values that contradict or do nothing: %s', async (message, values) => {
    const { exitCode, stderr } = await tryTemplate(values);
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining(message)]);
  });

  it('at least thirty wrong files', () => {
    expect(wrong.length).toBeGreaterThanOrEqual(30);
  });

  it('all at once', async () => {
    const { stderr } = await tryTemplate({ pdb: { minAvailable: 2, maxUnavailable: 1 }, enabled: false });
    expect(stderr).toContain('enabled is false');
    expect(stderr).toContain('pdb.minAvailable');
  });

  it('nothing of what is right', async () => {
    expect(await tryTemplate({ replicaCount: 3, heapSize: '1g' })).toMatchObject({ exitCode: 0 });
  });
});
