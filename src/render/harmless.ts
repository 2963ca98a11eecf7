import { isSecretKey } from '../settings/kinds/extra-config.ts';
import { MASK, withoutCredentials } from '../settings/mask.ts';
import { knownKeys } from '../zookeeper/keys.ts';

/** Families of keys whose values are numbers, addresses or the names of classes. */
const FAMILIES = /^(server|group|weight)\.\d+$|^authProvider\.\w+$/;

/**
 * True for a key of zoo.cfg whose value may be shown: a release of ZooKeeper knows exactly this name, and it is not a
 * password. The value of an unknown key may be a secret, so it is not shown.
 */
export function isHarmlessKey(key: string): boolean {
  return !isSecretKey(key) && (knownKeys.includes(key) || FAMILIES.test(key));
}

/** What may be shown of the value of a key: all, all but the password of an address, or nothing. */
export function shownValue(key: string, value: string): string {
  return isHarmlessKey(key) ? withoutCredentials(value) : MASK;
}

/** System properties of Java, of its libraries and of ZooKeeper that hold a number, a switch, an address or a path. */
const HARMLESS_PROPERTIES = new Set(
  (
    'com.sun.management.jmxremote com.sun.management.jmxremote.access.file ' +
    'com.sun.management.jmxremote.authenticate com.sun.management.jmxremote.host ' +
    'com.sun.management.jmxremote.local.only com.sun.management.jmxremote.password.file ' +
    'com.sun.management.jmxremote.port com.sun.management.jmxremote.rmi.port com.sun.management.jmxremote.ssl ' +
    'file.encoding java.awt.headless java.io.tmpdir java.library.path java.net.preferIPv4Stack ' +
    'java.net.preferIPv6Addresses java.rmi.server.hostname java.security.auth.login.config ' +
    'java.security.egd java.security.krb5.conf java.security.krb5.kdc java.security.krb5.realm ' +
    'java.security.properties java.util.logging.config.file javax.net.debug javax.net.ssl.keyStore ' +
    'javax.net.ssl.keyStoreType javax.net.ssl.trustStore javax.net.ssl.trustStoreType ' +
    'javax.security.auth.useSubjectCredsOnly follower.nodelay jute.maxbuffer leader.nodelay log4j.configuration ' +
    'logback.configurationFile readonlymode.enabled sun.net.inetaddr.negative.ttl sun.net.inetaddr.ttl ' +
    'sun.security.krb5.debug user.dir user.home user.timezone zookeeper.console.threshold ' +
    'zookeeper.jmx.log4j.disable zookeeper.log.dir zookeeper.log.file zookeeper.root.logger'
  ).split(' '),
);

/** True for a system property whose value may be shown; `zookeeper.` before a key of zoo.cfg changes nothing. */
export function isHarmlessProperty(name: string): boolean {
  if (HARMLESS_PROPERTIES.has(name)) return true;
  return name.startsWith('zookeeper.') && isHarmlessKey(name.slice('zookeeper.'.length));
}
