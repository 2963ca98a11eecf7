import { at, listAt, type Tree, textAt } from '../../src/manifest/objects/tree.ts';

/** Objects of a kind as its publisher's schema describes them. */
type Model = new (data: object) => { validate(): void };

/** Where the schema of an API is published; each package is made from the OpenAPI or the CRDs of its project. */
const PACKAGES: Readonly<Record<string, string>> = {
  'monitoring.coreos.com/v1': '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1',
  'cert-manager.io/v1': '@kubernetes-models/cert-manager/cert-manager.io/v1',
};

const apiOf = (object: Tree) => textAt(object, 'apiVersion') ?? '';

/** True for what Kubernetes has by itself. */
export const isBuiltIn = (object: Tree) => PACKAGES[apiOf(object)] === undefined;

/** Compares an object with the published schema of its kind. @throws Error naming the field */
export async function validate(object: Tree): Promise<void> {
  const kind = textAt(object, 'kind') ?? '';
  const folder = PACKAGES[apiOf(object)] ?? `kubernetes-models/${apiOf(object)}`;
  const module = (await import(/* @vite-ignore */ `${folder}/${kind}`)) as Record<string, Model>;
  const ModelOfKind = module[kind];
  if (ModelOfKind === undefined) throw new Error(`${folder} has no ${kind}`);
  new ModelOfKind(object as object).validate();
}

/** What the restricted Pod Security Standard asks of a pod (https://kubernetes.io/docs/concepts/security/pod-security-standards/). */
export function unrestricted(spec: Tree): string[] {
  const ofPod = at(spec, 'securityContext');
  const containers = [...listAt(spec, 'initContainers'), ...listAt(spec, 'containers')];
  const volumes = listAt(spec, 'volumes').flatMap((volume) => Object.keys(volume as object));
  const allowed = ['name', 'emptyDir', 'projected', 'secret', 'configMap', 'persistentVolumeClaim'];
  return [
    ...volumes.filter((key) => !allowed.includes(key)).map((key) => `a volume of type ${key}`),
    ...['hostNetwork', 'hostPID', 'hostIPC'].filter((key) => at(spec, key) === true),
    ...containers.flatMap((container) => {
      const own = at(container, 'securityContext');
      const wanted = (key: string) => at(own, key) ?? at(ofPod, key);
      const problems = {
        runAsNonRoot: wanted('runAsNonRoot') !== true,
        seccompProfile: at(wanted('seccompProfile'), 'type') !== 'RuntimeDefault',
        allowPrivilegeEscalation: at(own, 'allowPrivilegeEscalation') !== false,
        capabilities: !listAt(own, 'capabilities', 'drop').includes('ALL'),
      };
      return Object.entries(problems).flatMap(([key, isWrong]) => (isWrong ? [key] : []));
    }),
  ];
}

/** The specs of all pods that the objects make. */
export const podSpecs = (objects: readonly Tree[]) =>
  objects.flatMap((object) =>
    textAt(object, 'kind') === 'Pod'
      ? [at(object, 'spec')]
      : textAt(object, 'kind') === 'StatefulSet'
        ? [at(object, 'spec', 'template', 'spec')]
        : [],
  );
