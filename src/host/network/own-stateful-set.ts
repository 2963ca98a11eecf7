import { join } from 'node:path';
import { describeErrno } from '../errno.ts';
import { atMost, readText } from '../files/read-file.ts';

/** Where the kubelet puts the token of the pod's account (Kubernetes, "Configure Service Accounts for Pods"). */
const ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/** The wished state of the StatefulSet of this pod. */
export type WishedPods =
  | { readonly kind: 'told'; readonly replicas: number; readonly ordinalsStart: number }
  /** `why` is the end of a sentence; `absent` if this is not a pod, or if it has no token. */
  | { readonly kind: 'unknown'; readonly absent: boolean; readonly why: string };

/** The address of the API server, and the token. Tests use their own. */
export interface ApiServer {
  readonly host: string | undefined;
  readonly port: string | undefined;
  readonly account: string;
}

/** The API server of this pod, from the variables that the kubelet sets. */
export function apiServer(variables: Readonly<Record<string, string | undefined>>): ApiServer {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = variables;
  return { host, port, account: ACCOUNT };
}

/** Reads `spec.replicas` and `spec.ordinals.start` of one StatefulSet. Never rejects, and ends when the time is over. */
export async function readOwnStatefulSet(
  name: string,
  { host, port, account }: ApiServer,
  timeoutMs: number,
): Promise<WishedPods> {
  if (host === undefined) return { kind: 'unknown', absent: true, why: 'this is not a pod' };
  const given = readAccount(account);
  if (given === undefined) return { kind: 'unknown', absent: true, why: 'the pod has no token' };
  const { token, namespace, ca } = given;
  const path = `/apis/apps/v1/namespaces/${encodeURIComponent(namespace)}/statefulsets/${encodeURIComponent(name)}`;
  const { request } = process.getBuiltinModule('node:https');
  return new Promise((resolve) => {
    const fail = (why: string) => resolve({ kind: 'unknown', absent: false, why });
    const asking = request(
      { host, port, path, ca, headers: { authorization: `Bearer ${token}`, accept: 'application/json' } },
      (response) => {
        const chunks: Buffer[] = [];
        let bytes = 0;
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes > atMost.textBytes) return void asking.destroy();
          chunks.push(chunk);
        });
        response.on('end', () => {
          if (response.statusCode !== 200) return fail(`the API server answers with ${response.statusCode}`);
          resolve(wishedPods(Buffer.concat(chunks).toString('utf8')));
        });
      },
    );
    asking.on('error', (error) => fail(`the API server ${describeErrno(error)}`));
    setTimeout(() => {
      fail(`the API server does not answer within ${timeoutMs} ms`);
      asking.destroy();
    }, timeoutMs).unref();
    asking.end();
  });
}

function readAccount(folder: string) {
  const read = (name: string) => readText(join(folder, name), { maxBytes: atMost.textBytes });
  try {
    return { token: read('token').trim(), namespace: read('namespace').trim(), ca: read('ca.crt') };
  } catch {
    return undefined;
  }
}

/** Reads the object. A missing number has the default of the API: one replica, from 0. */
export function wishedPods(text: string): WishedPods {
  try {
    const { spec } = JSON.parse(text) as { spec?: { replicas?: unknown; ordinals?: { start?: unknown } } };
    const { replicas = 1, ordinals } = spec ?? {};
    const start = ordinals?.start ?? 0;
    if (spec !== undefined && Number.isSafeInteger(replicas) && Number.isSafeInteger(start))
      return { kind: 'told', replicas: replicas as number, ordinalsStart: start as number };
  } catch {
    // Not JSON: reported below.
  }
  return {
    kind: 'unknown',
    absent: false,
    why: 'the API server answers with something else than a StatefulSet',
  };
}
