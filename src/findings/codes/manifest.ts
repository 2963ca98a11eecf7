import { ADMIN, type CodeRow, KUBERNETES } from './row.ts';

/** Problems with Kubernetes objects. */
export const manifestCodes = {
  'ZK-MANIFEST-001': {
    severity: 'note',
    meaning: 'The StatefulSet does not start zk-entrypoint, so it is not checked.',
    remedy: 'Give a manifest whose image runs zk-entrypoint or one of its drop-in names.',
    link: `${KUBERNETES}/concepts/workloads/controllers/statefulset/`,
  },
  'ZK-MANIFEST-002': {
    severity: 'error',
    meaning: 'The members have different values for a setting that must be equal.',
    remedy:
      'Give every pod the same members, ports, tick and limits. Otherwise they form no ensemble, or two.',
    link: `${ADMIN}#sc_clusterOptions`,
  },
  'ZK-MANIFEST-003': {
    severity: 'error',
    meaning:
      'With OrderedReady, a pod waits for a quorum, but the pods that would complete it start only later.',
    remedy: 'Set podManagementPolicy: Parallel, or leave ZK_READINESS at ruok.',
    link: `${KUBERNETES}/concepts/workloads/controllers/statefulset/#pod-management-policies`,
  },
  'ZK-MANIFEST-004': {
    severity: 'warning',
    meaning:
      'The names of pods that are not ready are not published, so members cannot find each other at start.',
    remedy: 'Set publishNotReadyAddresses: true in the governing Service.',
    link: `${KUBERNETES}/concepts/services-networking/dns-pod-service/`,
  },
  'ZK-MANIFEST-005': {
    severity: 'warning',
    meaning: 'The PodDisruptionBudget allows so many evictions at once that the quorum is lost.',
    remedy: 'Set maxUnavailable: 1.',
    link: `${KUBERNETES}/tasks/run-application/configure-pdb/`,
  },
  'ZK-MANIFEST-006': {
    severity: 'note',
    meaning: 'No PodDisruptionBudget in the files covers the pods.',
    remedy: 'Add one with maxUnavailable: 1, or a drain may take two members at once.',
    link: `${KUBERNETES}/tasks/run-application/configure-pdb/`,
  },
  'ZK-MANIFEST-007': {
    severity: 'warning',
    meaning: 'A selector matches no pod, so its object has no effect.',
    remedy: 'Use the labels of spec.template.metadata.labels.',
    link: `${KUBERNETES}/concepts/overview/working-with-objects/labels/`,
  },
  'ZK-MANIFEST-008': {
    severity: 'error',
    meaning: 'The governing Service gives the pods no DNS names, so members cannot find each other.',
    remedy: 'Make it headless (clusterIP: None) with a selector that matches the labels of the pods.',
    link: `${KUBERNETES}/concepts/workloads/controllers/statefulset/#stable-network-id`,
  },
  'ZK-MANIFEST-009': {
    severity: 'warning',
    meaning: 'The pod is killed before a stop can finish within the times of its settings.',
    remedy: 'Raise terminationGracePeriodSeconds above preStop + ZK_STOP_DELAY + ZK_STOP_TIMEOUT + 2 s.',
    link: `${KUBERNETES}/concepts/workloads/pods/pod-lifecycle/#pod-termination`,
  },
  'ZK-MANIFEST-010': {
    severity: 'warning',
    meaning: 'A probe gives up before the answer arrives, and the reason of a failure is lost.',
    remedy: 'Set timeoutSeconds: 3 or more; the default is 1.',
    link: `${KUBERNETES}/concepts/configuration/liveness-readiness-startup-probes/`,
  },
  'ZK-MANIFEST-011': {
    severity: 'warning',
    meaning:
      'The liveness probe checks the quorum. When the quorum is lost, the remaining members are restarted.',
    remedy: 'Use /livez, zk-live or zkOk.sh. They check only this server.',
    link: `${KUBERNETES}/concepts/configuration/liveness-readiness-startup-probes/`,
  },
  'ZK-MANIFEST-012': {
    severity: 'warning',
    meaning: 'Kubernetes creates a variable for a Service, and the variable has the name of a setting.',
    remedy: 'Set enableServiceLinks: false in the pod, or rename the Service.',
    link: `${KUBERNETES}/tutorials/services/connect-applications-service/#accessing-the-service`,
  },
  'ZK-MANIFEST-013': {
    severity: 'warning',
    meaning:
      'The pod does not run as root and sets no fsGroup, so it may not be able to write to its volume.',
    remedy: 'Set fsGroup in the securityContext of the pod.',
    link: `${KUBERNETES}/tasks/configure-pod-container/security-context/`,
  },
  'ZK-MANIFEST-014': {
    severity: 'error',
    meaning: 'The data would be lost with the pod, or with its container.',
    remedy: 'Mount a volume of volumeClaimTemplates at the data and log directories, or above them.',
    link: `${KUBERNETES}/concepts/workloads/controllers/statefulset/#stable-storage`,
  },
  'ZK-MANIFEST-015': {
    severity: 'error',
    meaning: 'There are more pods than members. The other pods serve alone, each with its own data.',
    remedy: 'Set ZK_REPLICAS to spec.replicas.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-MANIFEST-016': {
    severity: 'warning',
    meaning: 'The configuration has members without a pod in the files.',
    remedy: 'Set ZK_REPLICAS to spec.replicas, or give the files of all StatefulSets of the ensemble.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-MANIFEST-017': {
    severity: 'error',
    meaning: 'A variable takes a key that its ConfigMap or Secret does not have, so no pod starts.',
    remedy: 'Add the key, or correct its name.',
    link: `${KUBERNETES}/tasks/configure-pod-container/configure-pod-configmap/`,
  },
  'ZK-MANIFEST-018': {
    severity: 'note',
    meaning: 'A value is not known from the files.',
    remedy: 'Give the file of the object with one more --manifest, or run the check in the pod.',
    link: `${KUBERNETES}/tasks/inject-data-application/define-environment-variable-container/`,
  },
  'ZK-MANIFEST-019': {
    severity: 'error',
    meaning: 'A flag of start-zookeeper or the command of the container is not known, so no pod starts.',
    remedy: 'Correct it. start-zookeeper --help lists the flags, zk-entrypoint --help the commands.',
    link: `${KUBERNETES}/tutorials/stateful-application/zookeeper/`,
  },
  'ZK-MANIFEST-020': {
    severity: 'error',
    meaning:
      'A value has a type that Kubernetes does not accept, or a required value is missing. The API server refuses the object.',
    remedy:
      'Put text in quotes: variables, labels, annotations, the data of a ConfigMap. Without quotes YAML reads 2000 as a number and yes as a boolean.',
    link: `${KUBERNETES}/concepts/overview/working-with-objects/`,
  },
  'ZK-MANIFEST-021': {
    severity: 'error',
    meaning: 'Kubernetes does not know a field. kubectl refuses the object.',
    remedy: 'Correct the name of the field, or its indentation.',
    link: `${KUBERNETES}/reference/using-api/api-concepts/#field-validation`,
  },
  'ZK-MANIFEST-022': {
    severity: 'error',
    meaning: 'Kubernetes does not accept a name, a key or a label. It refuses the object or creates no pod.',
    remedy: 'Use the letters and the length that the message names.',
    link: `${KUBERNETES}/concepts/overview/working-with-objects/names/`,
  },
  'ZK-MANIFEST-023': {
    severity: 'error',
    meaning:
      'A mounted volume does not exist, or a name or path is given twice. The API server refuses the object.',
    remedy: 'Correct the name, or remove one of the two.',
    link: `${KUBERNETES}/concepts/storage/volumes/`,
  },
  'ZK-MANIFEST-024': {
    severity: 'error',
    meaning: 'A number is out of range, or two fields contradict each other. Kubernetes creates no pod.',
    remedy: 'Give the value that the message names.',
    link: `${KUBERNETES}/concepts/workloads/controllers/statefulset/`,
  },
  'ZK-MANIFEST-025': {
    severity: 'error',
    meaning: 'Every start writes a file or directory that these pods cannot write. No pod starts.',
    remedy:
      'Mount a writable volume there: an emptyDir for the configuration and the log, a claim for the data. Never mount a ready-made zoo.cfg.',
    link: `${KUBERNETES}/tasks/configure-pod-container/security-context/`,
  },
  'ZK-MANIFEST-026': {
    severity: 'error',
    meaning:
      'A probe can never succeed: nothing listens on its port, or its path, port name or command does not exist.',
    remedy: 'Use /livez, /readyz and /startupz on the health port, or the commands zk-live and zk-ready.',
    link: `${KUBERNETES}/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/`,
  },
  'ZK-MANIFEST-027': {
    severity: 'warning',
    meaning:
      'A probe runs a program that the image of zk-entrypoint does not contain. Another image may contain it.',
    remedy: 'Use zk-live, zk-ready or zkOk.sh, or make sure that the image contains the program.',
    link: `${KUBERNETES}/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/`,
  },
  'ZK-MANIFEST-028': {
    severity: 'error',
    meaning: 'A Service points to a port name that no container of its pods has. The port reaches nothing.',
    remedy: 'Name the port in the container, or use its number.',
    link: `${KUBERNETES}/concepts/services-networking/service/#field-spec-ports`,
  },
  'ZK-MANIFEST-029': {
    severity: 'warning',
    meaning: 'A part of the manifest has no effect, or a tool lacks something that it needs.',
    remedy: 'Correct it, or remove it.',
    link: `${KUBERNETES}/concepts/workloads/controllers/statefulset/`,
  },
  'ZK-MANIFEST-030': {
    severity: 'warning',
    meaning: 'A variable uses $(NAME), but NAME is not set before it. Kubernetes leaves the text unchanged.',
    remedy: 'Set the other variable first, or write $$(NAME) for the literal text.',
    link: `${KUBERNETES}/tasks/inject-data-application/define-interdependent-environment-variables/`,
  },
  'ZK-MANIFEST-031': {
    severity: 'note',
    meaning:
      'A manifest names another image of ZooKeeper. It is judged as if it used the image of zk-entrypoint.',
    remedy:
      'Change the image, and do what the other findings of the manifest say. docs/move-in.md has a page for each image.',
    link: `${KUBERNETES}/tutorials/stateful-application/basic-stateful-set/#rolling-update`,
  },
  'ZK-MANIFEST-032': {
    severity: 'error',
    meaning:
      'A probe asks the page for people, which answers 200 in every state of the member, so the probe always passes.',
    remedy:
      'Set its path to /livez, /readyz or /startupz on the health port. Without a path, a probe asks /.',
    link: `${KUBERNETES}/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#define-a-liveness-http-request`,
  },
} as const satisfies Readonly<Record<string, CodeRow>>;
