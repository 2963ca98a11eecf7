import { readContents } from '../host/volume/look-at-volume.ts';
import { readMembership } from '../host/volume/read-membership.ts';
import { readRecord } from '../host/volume/record-file.ts';
import { type StartLook, type StartMember, startLook } from './member.ts';

/** Reads the volume: its record, its names, its epochs, its membership, and the ends of its newest snapshots. */
export function readVolumeOf(member: StartMember): StartLook {
  const { settings } = member.ready;
  return startLook(member, readContents(settings), {
    ...readRecord(settings.dataDir),
    membership: readMembership(settings),
  });
}
