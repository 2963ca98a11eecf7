import { type Finding, finding } from '../findings/finding.ts';
import type { SettingFacts } from './setting-facts.ts';

const LOOPBACK = /^(127\.|::1$|\[::1\]$|localhost$)/;

/** Findings about the key with which members recognise each other on the health port. */
export function peerKeyFindings({ settings, ensemble, openKeyFile, podFiles }: SettingFacts): Finding[] {
  const { peerKey, peerAuth, healthAddress = '', healthPort } = settings;
  const findings: Finding[] = [];
  if (openKeyFile !== undefined)
    findings.push(
      finding('ZK-PEER-012', {
        subject: 'ZK_PEER_KEY_FILE',
        problem: `${openKeyFile} can be read by every user of the container`,
        remedy: 'mount the Secret with defaultMode: 0440, and set fsGroup to the group of ZooKeeper',
      }),
    );
  if (peerKey !== undefined && peerAuth === 'want')
    findings.push(
      finding('ZK-PEER-013', {
        subject: 'ZK_PEER_AUTH',
        problem: 'is want, so answers without the mark of ZK_PEER_KEY are believed',
        remedy: 'set it to need, or leave it out, once no member reports ZK-PEER-011 at its start',
      }),
    );
  // A manifest may name a file that is not known here.
  if (peerKey === undefined && peerAuth !== undefined && podFiles !== undefined)
    findings.push(
      finding('ZK-PEER-015', {
        subject: 'ZK_PEER_AUTH',
        problem: `is ${peerAuth}, but there is no key, so every answer is believed`,
        remedy: 'set ZK_PEER_KEY_FILE to the file of the key, or remove ZK_PEER_AUTH',
      }),
    );
  const isAlone = ensemble === undefined || ensemble.members.length < 2;
  if (!isAlone && healthPort !== 0 && LOOPBACK.test(healthAddress) && !LOOPBACK.test(ensemble.self.host))
    findings.push(
      finding('ZK-PEER-014', {
        subject: 'ZK_HEALTH_ADDRESS',
        problem: `is ${healthAddress}, where no peer can ask this member`,
        remedy: 'remove it; ZK_PEER_KEY_FILE and a network policy keep strangers away',
      }),
    );
  return findings;
}
