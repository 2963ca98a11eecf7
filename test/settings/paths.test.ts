import { describe, expect, it } from 'vitest';
import { ownDirectory } from '../../src/settings/kinds/words.ts';

const problem = (text: string) => {
  const read = ownDirectory.parse(text);
  return read.ok ? 'taken' : read.problem;
};

describe('a directory that root gives to the user of ZooKeeper', () => {
  it.each(
    '/ // /etc /etc/ /usr /usr/local /var /var/lib /var/log /proc/1 /sys/fs /dev /root /home /tmp/../etc /data/../../usr/./lib'.split(
      ' ',
    ),
  )('is never %s', (path) => expect(problem(path)).toContain('is a directory of the system'));

  it.each(
    '/data /logs /mnt /srv /tmp /opt /opt/zookeeper/conf /etc/zookeeper /var/lib/zookeeper /var/log/zookeeper /usr/share/zookeeper /home/zk /dev/shm /etcetera'.split(
      ' ',
    ),
  )('may be %s', (path) => expect(problem(path)).toBe('taken'));
});
