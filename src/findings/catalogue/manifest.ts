import { ADMIN, type Entries, KUBERNETES } from './entry.ts';

const STATEFUL_SET = `${KUBERNETES}/concepts/workloads/controllers/statefulset/`;
const PROBES = `${KUBERNETES}/concepts/configuration/liveness-readiness-startup-probes/`;
const DISRUPTIONS = `${KUBERNETES}/tasks/run-application/configure-pdb/`;

/** What can be wrong with the objects that Kubernetes is given; `check --manifest` reports it. */
export const manifestEntries = {
  'ZK-MANIFEST-001': {
    meaning: 'The StatefulSet does not start zk-entrypoint, so nothing is judged.',
    remedy: 'Give the manifest of an image that runs zk-entrypoint or one of its drop-in names.',
    link: STATEFUL_SET,
  },
  'ZK-MANIFEST-002': {
    meaning: 'The members would not agree on what all of them must have alike.',
    remedy: 'Give every pod the same members, ports, tick and limits: else they form no ensemble, or two.',
    link: `${ADMIN}#sc_clusterOptions`,
  },
  'ZK-MANIFEST-003': {
    meaning: 'Under OrderedReady a pod waits for a quorum that the pods after it would make.',
    remedy: 'Set podManagementPolicy: Parallel, or leave ZK_READINESS at ruok.',
    link: `${STATEFUL_SET}#pod-management-policies`,
  },
  'ZK-MANIFEST-004': {
    meaning:
      'The names of pods that are not ready are not published, so members cannot find each other at start.',
    remedy: 'Set publishNotReadyAddresses: true in the governing Service.',
    link: `${KUBERNETES}/concepts/services-networking/dns-pod-service/`,
  },
  'ZK-MANIFEST-005': {
    meaning: 'The PodDisruptionBudget lets so many members go at once that the quorum is lost.',
    remedy: 'Set maxUnavailable: 1.',
    link: DISRUPTIONS,
  },
  'ZK-MANIFEST-006': {
    meaning: 'No PodDisruptionBudget in the files covers the pods.',
    remedy: 'Add one with maxUnavailable: 1, or a drain may take two members at once.',
    link: DISRUPTIONS,
  },
  'ZK-MANIFEST-007': {
    meaning: 'A selector matches no pod, so what it is part of does nothing.',
    remedy: 'Make it match the labels of spec.template.metadata.labels.',
    link: `${KUBERNETES}/concepts/overview/working-with-objects/labels/`,
  },
  'ZK-MANIFEST-008': {
    meaning: 'The governing Service gives the pods no names, so no member finds another.',
    remedy: 'Make it headless (clusterIP: None) with a selector that matches the labels of the pods.',
    link: `${STATEFUL_SET}#stable-network-id`,
  },
  'ZK-MANIFEST-009': {
    meaning: 'The pod is killed before a stop has had the time that its settings give it.',
    remedy: 'Raise terminationGracePeriodSeconds above preStop + ZK_STOP_DELAY + ZK_STOP_TIMEOUT + 2 s.',
    link: `${KUBERNETES}/concepts/workloads/pods/pod-lifecycle/#pod-termination`,
  },
  'ZK-MANIFEST-010': {
    meaning: 'A probe gives up before its answer can be there, and its reason is lost.',
    remedy: 'Set timeoutSeconds: 3 or more; the default is 1.',
    link: PROBES,
  },
  'ZK-MANIFEST-011': {
    meaning:
      'The liveness probe looks at the quorum: when it is lost, the members that are left are restarted.',
    remedy: 'Ask /livez, zk-live or zkOk.sh, which look at this server alone.',
    link: PROBES,
  },
  'ZK-MANIFEST-012': {
    meaning: 'Kubernetes makes a variable for a Service that has the name of a setting.',
    remedy: 'Set enableServiceLinks: false in the pod, or rename the Service.',
    link: `${KUBERNETES}/tutorials/services/connect-applications-service/#accessing-the-service`,
  },
  'ZK-MANIFEST-013': {
    meaning:
      'The pod does not run as root and sets no fsGroup, so it may not be able to write to its volume.',
    remedy: 'Set fsGroup in the securityContext of the pod.',
    link: `${KUBERNETES}/tasks/configure-pod-container/security-context/`,
  },
  'ZK-MANIFEST-014': {
    meaning: 'The data would be lost with the pod, or with its container.',
    remedy: 'Mount a volume of volumeClaimTemplates above the data and log directories.',
    link: `${STATEFUL_SET}#stable-storage`,
  },
  'ZK-MANIFEST-015': {
    meaning:
      'There are more pods than members, so pods serve apart from the ensemble, each with its own data.',
    remedy: 'Set ZK_REPLICAS to spec.replicas.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-MANIFEST-016': {
    meaning: 'Members are configured that no pod in the files would be.',
    remedy: 'Set ZK_REPLICAS to spec.replicas, or give the files of all StatefulSets of the ensemble.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-MANIFEST-017': {
    meaning: 'A variable takes a key that its ConfigMap or Secret does not have, so no pod starts.',
    remedy: 'Add the key, or correct its name.',
    link: `${KUBERNETES}/tasks/configure-pod-container/configure-pod-configmap/`,
  },
  'ZK-MANIFEST-018': {
    meaning: 'A value cannot be told from the files.',
    remedy: 'Give the file of the object with a further --manifest, or check in the pod.',
    link: `${KUBERNETES}/tasks/inject-data-application/define-environment-variable-container/`,
  },
  'ZK-MANIFEST-019': {
    meaning: 'A flag of start-zookeeper is not known, so no pod starts.',
    remedy: 'Remove or correct it; start-zookeeper --help lists the flags.',
    link: `${KUBERNETES}/tutorials/stateful-application/zookeeper/`,
  },
  'ZK-MANIFEST-020': {
    meaning:
      'A value is of another type than Kubernetes takes, or one that it needs is missing, so it refuses the object.',
    remedy:
      'Put in quotes what is to be text: variables, labels, annotations, the data of a ConfigMap. YAML makes a number of 2000 and true of yes.',
    link: `${KUBERNETES}/concepts/overview/working-with-objects/`,
  },
  'ZK-MANIFEST-021': {
    meaning: 'A field is in no release of Kubernetes that this program knows, so kubectl refuses the object.',
    remedy: 'Correct its name or its indentation.',
    link: `${KUBERNETES}/reference/using-api/api-concepts/#field-validation`,
  },
  'ZK-MANIFEST-022': {
    meaning: 'A name, key or label is none that Kubernetes takes, so it refuses the object or makes no pod.',
    remedy: 'Keep to the letters and the length that the message names.',
    link: `${KUBERNETES}/concepts/overview/working-with-objects/names/`,
  },
  'ZK-MANIFEST-023': {
    meaning:
      'A volume is mounted that is not there, or a name or path is given twice, so Kubernetes refuses the object.',
    remedy: 'Correct the name, or remove one of the two.',
    link: `${KUBERNETES}/concepts/storage/volumes/`,
  },
  'ZK-MANIFEST-024': {
    meaning: 'A number is out of range, or two fields contradict each other, so no pod can be made.',
    remedy: 'Give what the message says.',
    link: `${KUBERNETES}/concepts/workloads/controllers/statefulset/`,
  },
  'ZK-MANIFEST-025': {
    meaning: 'Every start writes a file or directory that these pods cannot write, so none starts.',
    remedy:
      'Mount a volume of its own there: an emptyDir for the configuration and the log, a claim for the data. Never mount a ready-made zoo.cfg.',
    link: `${KUBERNETES}/tasks/configure-pod-container/security-context/`,
  },
  'ZK-MANIFEST-026': {
    meaning:
      'A probe can never succeed: nothing listens where it asks, or there is no such path, port name or command.',
    remedy: 'Ask /livez, /readyz and /startupz on the health port, or run zk-live and zk-ready.',
    link: `${KUBERNETES}/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/`,
  },
  'ZK-MANIFEST-027': {
    meaning:
      'A probe runs a program that the image of zk-entrypoint does not have; another image may have it.',
    remedy: 'Run zk-live, zk-ready or zkOk.sh, or make sure that the image has the program.',
    link: `${KUBERNETES}/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/`,
  },
  'ZK-MANIFEST-028': {
    meaning:
      'A port of a Service leads to a port name that no container of its pods has, so it leads nowhere.',
    remedy: 'Give the port of the container that name, or give its number.',
    link: `${KUBERNETES}/concepts/services-networking/service/#field-spec-ports`,
  },
  'ZK-MANIFEST-029': {
    meaning: 'Something in the manifest has no effect, or is missing where tools look for it.',
    remedy: 'Correct it, or remove it.',
    link: `${KUBERNETES}/concepts/workloads/controllers/statefulset/`,
  },
  'ZK-MANIFEST-030': {
    meaning:
      'A variable refers to another by $(NAME), and that is not set before it, so the text stays as it is.',
    remedy: 'Set the other variable first, or write $$(NAME) where the text is meant.',
    link: `${KUBERNETES}/tasks/inject-data-application/define-interdependent-environment-variables/`,
  },
} satisfies Entries;
