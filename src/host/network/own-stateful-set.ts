import { join } from 'node:path';
import { describeErrno } from '../errno.ts';
import { atMost, readText } from '../files/read-file.ts';

/** Where the kubelet puts the token of the pod's account (Kubernetes, "Configure Service Accounts for Pods"). */
const ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/** What the StatefulSet of this pod wishes for. */
export type WishedPods =
  | { readonly kind: 'told'; readonly replicas: number; readonly ordinalsStart: number }
  /** `why` is a sentence's end; `absent` where this pod was given no right at all. */
  | { readonly kind: 'unknown'; readonly absent: boolean; readonly why: string };

/** Where the API server is and who asks; a test has its own. */
export interface ApiServer {
  readonly host: string | undefined;
  readonly port: string | undefined;
  readonly account: string;
}

/** The API server of this pod, as the kubelet tells it in the environment. */
export function apiServer(variables: Readonly<Record<string, string | undefined>>): ApiServer {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = variables;
  return { host, port, account: ACCOUNT };
}

/** Reads `spec.replicas` and `spec.ordinals.start` of one StatefulSet. Never rejects, and is done when the time is up. */
export async function readOwnStatefulSet(
  name: string,
  { host, port, account }: ApiServer,
  timeoutMs: number,
): Promise<WishedPods> {
  if (host === undefined) return { kind: 'unknown', absent: true, why: 'this is no pod' };
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

/** Reads the object; a number that is not there has the API's default: one replica, from 0. */
export function wishedPods(text: string): WishedPods {
  try {
    const { spec } = JSON.parse(text) as { spec?: { replicas?: unknown; ordinals?: { start?: unknown } } };
    const { replicas = 1, ordinals } = spec ?? {};
    const start = ordinals?.start ?? 0;
    if (spec !== undefined && Number.isSafeInteger(replicas) && Number.isSafeInteger(start))
      return { kind: 'told', replicas: replicas as number, ordinalsStart: start as number };
  } catch {
    // No JSON: it is told below.
  }
  return {
    kind: 'unknown',
    absent: false,
    why: 'the API server answers with something else than a StatefulSet',
  };
}
