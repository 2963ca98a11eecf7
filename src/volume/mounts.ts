import { type Finding, finding } from '../findings/finding.ts';

/** One line of /proc/self/mountinfo (proc_pid_mountinfo(5)). */
export interface Mount {
  /** What of the file system is mounted; kubelet's paths tell the kind of a volume. */
  readonly root: string;
  readonly point: string;
  readonly type: string;
}

/** Where this runs: Kubernetes, another container, or a machine, of which nothing is judged here. */
export type Platform = 'kubernetes' | 'container' | 'machine';

/** Reads /proc/self/mountinfo; malformed lines are skipped. */
export function readMounts(mountinfo: string): Mount[] {
  return mountinfo.split('\n').flatMap((line) => {
    const [left = '', right] = line.split(' - ');
    const [, , , root, point] = left.split(' ');
    const [type] = right?.split(' ') ?? [];
    return root && point && type ? [{ root: unescaped(root), point: unescaped(point), type }] : [];
  });
}

/** Kubernetes sets its variable in each pod; elsewhere a layered root file system gives a container away. */
export function platformOf(mounts: readonly Mount[], kubernetesHost: string | undefined): Platform {
  if (kubernetesHost !== undefined && kubernetesHost !== '') return 'kubernetes';
  const root = mounts.findLast(({ point }) => point === '/');
  return root !== undefined && LAYERED.test(root.type) ? 'container' : 'machine';
}

const LAYERED = /^(overlay|aufs|fuse\.fuse-overlayfs|fuse-overlayfs)$/;

/** The mount that a real path lies in: of the longest mount point the last one, which covers the others. */
export function mountOf(mounts: readonly Mount[], path: string): Mount | undefined {
  const around = mounts.filter(({ point }) => point === '/' || `${path}/`.startsWith(`${point}/`));
  return around.reduce<Mount | undefined>(
    (best, mount) => (best === undefined || mount.point.length >= best.point.length ? mount : best),
    undefined,
  );
}

/** A directory of data and the mount it lies in. */
export interface Mounted {
  readonly path: string;
  readonly mount: Mount | undefined;
}

/** Data that would die with its container or pod; on a plain machine nothing of this is judged. */
export function mountFindings(directories: readonly Mounted[], where: Platform): Finding[] {
  if (where === 'machine') return [];
  return directories.flatMap(({ path, mount }) => {
    if (mount === undefined) return [];
    if (mount.point === '/') return [inTheContainer(path, where)];
    return isShortLived(mount) ? [shortLived(path, mount)] : [];
  });
}

/** In Kubernetes this is a mistake: each restart of the container starts without data. Elsewhere it is useful for a trial. */
function inTheContainer(path: string, where: 'kubernetes' | 'container'): Finding {
  return finding(where === 'kubernetes' ? 'ZK-VOLUME-017' : 'ZK-VOLUME-018', {
    subject: path,
    problem: 'is in the container itself, not on a volume: the data would be lost with the container',
    remedy: 'mount a persistent volume there, or above it; check that mountPath and the setting agree',
  });
}

function isShortLived({ root, type }: Mount): boolean {
  return type === 'tmpfs' || type === 'ramfs' || root.includes('/kubernetes.io~empty-dir/');
}

function shortLived(path: string, { type, point }: Mount): Finding {
  const what = type === 'tmpfs' || type === 'ramfs' ? `memory (${type})` : 'an emptyDir';
  return finding('ZK-VOLUME-018', {
    subject: path,
    problem: `is in ${what}, mounted at ${point}: the data would be lost with the pod`,
    remedy: 'use a volumeClaimTemplate; an ensemble that loses more than half of its volumes loses its data',
  });
}

/** Log and snapshots on one persistent device share its speed, which each acknowledged write waits for. */
export function sharedDevice(
  data: Mounted & { device: number },
  log: Mounted & { device: number },
): Finding[] {
  const apart = data.path === log.path || data.device !== log.device;
  if (apart || data.mount === undefined || data.mount.point === '/' || isShortLived(data.mount)) return [];
  return [
    finding('ZK-VOLUME-019', {
      subject: log.path,
      problem: `is on one device with ${data.path}: while a snapshot is written, each write waits for it`,
      remedy:
        'if writes must be fast, give ZK_DATA_LOG_DIR its own device; this helps little on network storage',
    }),
  ];
}

/** mountinfo writes blanks and the like as octal numbers. */
function unescaped(path: string): string {
  return path.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
