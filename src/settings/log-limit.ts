import { isKnownTo } from '../zookeeper/keys.ts';
import type { Release } from '../zookeeper/release.ts';
import type { Settings } from './table.ts';

/** Where ZooKeeper begins a new log at the latest, in KiB (SyncRequestProcessor, snapSizeLimitInKb). */
const USUAL_KIB = 4_194_304;
const KEY = 'snapSizeLimitInKb';

/**
 * The settings with a snapshot, and so a new log, after at most a tenth of the log's volume: what lies in one log is never purged, and
 * ZooKeeper's own limits, 100,000 transactions or 4 GiB, may be more than a volume has. Nothing where either is given, or the
 * volume is large enough.
 */
export function withLogLimit(
  settings: Settings,
  {
    release,
    volumeBytes,
  }: { readonly release: Release | undefined; readonly volumeBytes: number | undefined },
): Settings {
  const isGiven = settings.extraConfig.some(([key]) => key === KEY || key === 'snapCount');
  const limitKib = Math.floor((volumeBytes ?? 0) / 10 / 1_024);
  if (isGiven || limitKib < 1 || limitKib >= USUAL_KIB || release === undefined || !isKnownTo(release, KEY))
    return settings;
  return { ...settings, extraConfig: [...settings.extraConfig, [KEY, String(limitKib)]] };
}
