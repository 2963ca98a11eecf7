import { join } from 'node:path';
import { ownStatus, Refusal, wrongFlag } from '../exit-status.ts';
import { askControl, CONTROL_SOCKET } from '../host/network/control-socket.ts';
import { wholeNumber } from '../settings/kinds/numbers.ts';
import { visible } from '../text/visible.ts';
import type { FlagsOf } from './definitions.ts';
import { print, timeoutOf } from './io.ts';
import { judge } from './judged.ts';

/** Asks the supervisor of this container for the removal, and shows its progress; its status is that of the command. */
export async function scale(replicas: string, flags: FlagsOf<'scale'>): Promise<number> {
  const wished = wholeNumber({ min: 1, max: 255 }).parse(replicas);
  if (!wished.ok) throw wrongFlag('<replicas>', replicas, wished);
  const timeoutMs = timeoutOf(flags);
  const { settings } = (await judge()).prepared;
  if (settings.membership !== 'dynamic') throw new Refusal(ownStatus.refused, STATIC);
  const path = join(settings.confDir, CONTROL_SOCKET);
  const answer = await askControl(path, { scale: wished.value, timeoutMs }, (line) => print(visible(line)));
  if (answer.kind === 'status') return answer.status;
  throw new Refusal(ownStatus.noAnswer, `${path} ${WHY[answer.code] ?? `cannot be asked (${answer.code})`}`);
}

const STATIC =
  'ZK_MEMBERSHIP is static, so the settings list the members; change ZK_REPLICAS as docs/operations.md says, or change to ZK_MEMBERSHIP=dynamic';

const IN_A_POD =
  'run this in a pod of the ensemble whose server serves: kubectl exec zk-0 -- zk-entrypoint scale 3';

const WHY: Readonly<Record<string, string>> = {
  ENOENT: `does not exist, so no member of an ensemble runs here; ${IN_A_POD}`,
  ECONNREFUSED: `is not listened at, so no supervisor runs here; ${IN_A_POD}`,
  EACCES: 'may not be opened by this user; run it as the user of the supervisor',
  ECONNRESET: 'was closed before the answer was complete: the supervisor has ended; run it in another pod',
};
