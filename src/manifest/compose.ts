import { type Finding, finding } from '../findings/finding.ts';
import type { Assumption } from '../preparation/choose-distribution.ts';
import { explain } from '../preparation/explain.ts';
import type { Machine } from '../preparation/machine.ts';
import { prepare } from '../preparation/prepare.ts';
import { NEWEST_RELEASE } from '../zookeeper/release.ts';
import { type Judgement, masked, notOurs, shownSettings } from './judge.ts';
import { parseQuantity } from './objects/quantity.ts';
import { at, listAt, pairsAt, type Tree, textAt } from './objects/tree.ts';
import { isOurImage, looksLikeZooKeeper, otherImage } from './pods/command.ts';
import { commandsOf, whyNotInImage } from './pods/image-commands.ts';

/** Whether a document is a docker compose file: it has services, and no kind as a Kubernetes object would. */
export function isCompose(document: Tree): boolean {
  return pairsAt(document, 'services').length > 0 && at(document, 'kind') === undefined;
}

/** Judges every service of a compose file that runs ZooKeeper, with our image or with another known one. */
export async function judgeCompose(document: Tree, assume: Assumption): Promise<Judgement[]> {
  const judgements: Judgement[] = [];
  for (const [name, written] of pairsAt(document, 'services')) {
    const service = withImage(written);
    if (otherImage(service) !== undefined || isOurImage(service))
      judgements.push(await judgeService(name, service, assume));
    else if (looksLikeZooKeeper(service)) judgements.push(notOurs(`service/${name}`));
  }
  return judgements;
}

/** The service with the name of its image, which may be the default text of a shell variable. */
function withImage(service: Tree): Tree {
  const image = textAt(service, 'image');
  return image === undefined ? service : { ...(service as object), image: interpolated(image).value };
}

async function judgeService(name: string, service: Tree, assume: Assumption): Promise<Judgement> {
  const from = otherImage(service);
  const title = `service/${name}`;
  const { variables, findings: unread } = environmentOf(title, service);
  const prepared = await prepare(machineOf(name, service, variables), {
    assume: assume.kind === 'release' ? assume : { kind: 'release', release: NEWEST_RELEASE },
    ...(from === undefined ? {} : { from }),
  });
  const placed = prepared.findings.map((found) => ({ ...found, subject: `${title} ${found.subject}` }));
  const secrets = Object.entries(variables).flatMap(([key, text]) =>
    /PASSWORD/.test(key) && text ? [text] : [],
  );
  return {
    title,
    ours: true,
    pods: [name],
    findings: masked(
      [...otherImageFound(title, service), ...unread, ...placed, ...healthcheckFindings(title, service)],
      secrets,
    ),
    ...(from === undefined ? {} : { settings: shownSettings(explain(prepared), secrets) }),
  };
}

function otherImageFound(title: string, service: Tree): Finding[] {
  if (otherImage(service) === undefined) return [];
  return [
    finding('ZK-MANIFEST-031', {
      subject: `${title} image`,
      problem: `${textAt(service, 'image')} is another image of ZooKeeper. The service is judged as if it used the image of zk-entrypoint`,
      remedy: 'change it to the image of zk-entrypoint, and do what the other findings say (docs/move-in.md)',
    }),
  ];
}

interface Environment {
  readonly variables: Readonly<Record<string, string>>;
  readonly findings: readonly Finding[];
}

/** `environment` as a list or a mapping. `${NAME:-text}` becomes its text, because the variables of the shell are not known. */
function environmentOf(title: string, service: Tree): Environment {
  const listed = listAt(service, 'environment').map((word) => (textAt(word) ?? '').split(/=(.*)/s));
  const mapped = pairsAt(service, 'environment').map(([key, value]) => [key, textAt(value)]);
  const findings: Finding[] = [];
  const variables: Record<string, string> = {};
  for (const [key = '', text] of [...listed, ...mapped]) {
    // A name without a value gets the value of the shell.
    const { value, unknown } = text === undefined ? { value: '', unknown: [key] } : interpolated(text);
    if (unknown.length === 0) variables[key] = value;
    else findings.push(notInFile(`${title} environment.${key}`, `uses ${unknown.join(', ')} of the shell`));
  }
  if (at(service, 'env_file') !== undefined)
    findings.push(notInFile(`${title} env_file`, 'names a file, which this check does not read'));
  return { variables, findings };
}

function notInFile(subject: string, what: string): Finding {
  return finding('ZK-MANIFEST-018', {
    subject,
    problem: `${what}; the value is not known, and is judged as if it were not set`,
    remedy: 'write the values into environment, or check the output of docker compose config',
  });
}

/** `${NAME:-text}`, and also `${NAME:?message}` and `${NAME:+text}`, which do not give the value. */
const REFERENCE = /\$\$|\$\{(\w+)(?::?-([^}]*)|:?[?+][^}]*)?\}|\$(\w+)/g;

function interpolated(text: string): { value: string; unknown: string[] } {
  const unknown: string[] = [];
  const value = text.replaceAll(
    REFERENCE,
    (whole, braced: string | undefined, fallback: string | undefined, bare: string | undefined) => {
      if (whole === '$$') return '$';
      if (fallback !== undefined) return fallback;
      unknown.push(braced ?? bare ?? '');
      return '';
    },
  );
  return { value, unknown };
}

/** The paths where a service mounts something: `volume:/data`, `volume:/data:ro`, or `target: /data`. */
function mountsOf(service: Tree): string[] {
  return listAt(service, 'volumes').flatMap((volume) => {
    const target =
      textAt(volume, 'target') ?? /(?:^|:)(\/[^:]*)(?::[a-zA-Z,]+)?$/.exec(textAt(volume) ?? '')?.[1];
    return target === undefined ? [] : [target.replace(/\/+$/, '')];
  });
}

/** Assumed where the service has no limit. No finding follows from it. */
const MEMORY_OF_A_MACHINE_BYTES = 8 * 2 ** 30;

function machineOf(name: string, service: Tree, variables: Environment['variables']): Machine {
  const limit = parseQuantity(
    (textAt(service, 'mem_limit') ?? textAt(service, 'deploy', 'resources', 'limits', 'memory'))
      ?.toUpperCase()
      .replace(/([KMG])B?$/, '$1i'),
  );
  const mounts = mountsOf(service);
  const isMounted = (directory: string) =>
    mounts.some((mount) => directory === mount || directory.startsWith(`${mount}/`));
  return {
    variables,
    hostName: textAt(service, 'hostname') ?? name,
    memory:
      limit === undefined
        ? { memoryBytes: MEMORY_OF_A_MACHINE_BYTES, memoryIs: 'machine' }
        : { memoryBytes: limit, memoryIs: 'limit' },
    readText: () => ({ ok: false, problem: 'is not in the file' }),
    places: { isMounted, findData: (directory) => (isMounted(directory) ? 'empty' : 'absent') },
    findDomain: async () => undefined,
    findDistribution: () => ({ kind: 'absent' }),
    findJava: () => 'java',
    findClassArchive: () => ({ kind: 'absent' }),
  };
}

/** If the image cannot run the healthcheck, the service is never healthy, and services that depend on it never start. */
function healthcheckFindings(title: string, service: Tree): Finding[] {
  const test = at(service, 'healthcheck', 'test');
  const [kind, ...rest] = Array.isArray(test)
    ? test.map((word) => textAt(word) ?? '')
    : ['CMD-SHELL', textAt(test) ?? ''];
  const words = kind === 'CMD-SHELL' ? ['sh', '-c', ...rest] : rest;
  return commandsOf(words).flatMap((command) => {
    const why = whyNotInImage(command);
    if (why === undefined) return [];
    return [
      finding('ZK-MANIFEST-026', {
        subject: `${title} healthcheck.test`,
        problem: `${command[0]} ${why}, so the service is never healthy`,
        remedy: 'use ["CMD", "zk-live"], or leave it out: the image has a healthcheck',
      }),
    ];
  });
}
