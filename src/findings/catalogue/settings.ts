import { ADMIN, type Entries, KUBERNETES } from './entry.ts';

/** What can be wrong with the variables themselves. */
export const settingsEntries = {
  'ZK-SETTING-001': {
    meaning: 'A variable holds a value that cannot be used.',
    remedy:
      'Give it a value of the type and range that the message names, or remove the variable to get the default.',
    link: `${ADMIN}#sc_configuration`,
  },
  'ZK-SETTING-002': {
    meaning: 'A setting is given twice: as NAME and as NAME_FILE.',
    remedy: 'Keep one of the two; which one was meant cannot be guessed.',
    link: `${KUBERNETES}/concepts/configuration/secret/`,
  },
  'ZK-SETTING-003': {
    meaning: 'The file that NAME_FILE names cannot be read.',
    remedy: 'Mount the Secret or ConfigMap at that path, or correct the path.',
    link: `${KUBERNETES}/concepts/configuration/secret/`,
  },
  'ZK-SETTING-004': {
    meaning: 'A ZK_* variable has a name this program does not know, so it does nothing.',
    remedy: 'Correct the spelling, or remove it. `zk-entrypoint settings` lists every name.',
    link: `${ADMIN}#sc_configuration`,
  },
  'ZK-SETTING-005': {
    meaning: 'A variable was overwritten by a Kubernetes service link.',
    remedy:
      'Set enableServiceLinks: false in the pod spec, or rename the Service whose name makes this variable.',
    link: `${KUBERNETES}/concepts/services-networking/service/#environment-variables`,
  },
  'ZK-SETTING-006': {
    meaning: 'A setting without which no configuration can be rendered is missing.',
    remedy: 'Set the variable that the message names.',
    link: `${ADMIN}#sc_minimumConfiguration`,
  },
  'ZK-SETTING-007': {
    meaning: 'ZK_EXTRA_CONFIG holds a key that has a setting of its own.',
    remedy: 'Use the setting, so that the key cannot be written twice with two values.',
    link: `${ADMIN}#sc_configuration`,
  },
  'ZK-SETTING-008': {
    meaning: 'A key of ZK_EXTRA_CONFIG would be read by ZooKeeper and have no effect at all.',
    remedy: 'Use the spelling or the JVM flag that the message names.',
    link: `${ADMIN}#sc_advancedConfiguration`,
  },
  'ZK-SETTING-009': {
    meaning: 'A key of ZK_EXTRA_CONFIG is in no ZooKeeper release this program knows.',
    remedy:
      'Check the spelling. It is written all the same, since ZooKeeper turns unknown keys into system properties.',
    link: `${ADMIN}#sc_advancedConfiguration`,
  },
  'ZK-SETTING-010': {
    meaning: 'A setting or key is not known to the ZooKeeper at hand, so it is not written.',
    remedy: 'Remove it, or use a ZooKeeper release that has it.',
    link: `${ADMIN}#sc_advancedConfiguration`,
  },
  'ZK-SETTING-012': {
    meaning: 'One port is given to two listeners.',
    remedy: 'Give every listener a port of its own; only the election ports of different hosts may be equal.',
    link: `${ADMIN}#sc_zkMulitServerSetup`,
  },
  'ZK-SETTING-013': {
    meaning: 'A JVM flag holds a secret, which everybody who may run `ps` can read.',
    remedy: 'Put the secret into a file and give ZooKeeper its path, for example ssl.keyStore.passwordPath.',
    link: `${ADMIN}#sc_authOptions`,
  },
  'ZK-SETTING-016': {
    meaning: 'The file of --env-file has a line that is not NAME=value, or the file is not UTF-8 text.',
    remedy:
      'Write NAME=value. Quote a value that has blanks, a # or several lines. The message gives only the number of the line, because the line may be part of a secret.',
    link: `${KUBERNETES}/tasks/configure-pod-container/configure-pod-configmap/`,
  },
} satisfies Entries;
