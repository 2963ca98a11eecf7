import { join } from 'node:path';
import { ownStatus } from '../exit-status.ts';
import { monotonicMs } from '../host/monotonic.ts';
import { CONTROL_SOCKET, type ControlLine, listenForControl } from '../host/network/control-socket.ts';
import type { Log } from '../host/output/log.ts';
import type { CommittedConfiguration } from '../membership/configuration.ts';
import { statefulSetOf, staysWith } from '../membership/stays.ts';
import type { MemberNow } from '../start/member.ts';
import type { SuperUser } from '../start/super-user.ts';
import { remove } from './leave.ts';

interface Controlled {
  readonly now: MemberNow;
  readonly superUser: SuperUser;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** What a command may ask for. */
interface ScaleRequest {
  readonly scale: number;
  readonly timeoutMs: number;
}

/** Serves the commands of this container, for as long as it lives; one at a time, as changes are. */
export function serveControl(controlled: Controlled): void {
  const { now, log, signal } = controlled;
  const path = join(now.member.ready.settings.confDir, CONTROL_SOCKET);
  let isBusy = false;
  const server = listenForControl(
    path,
    async (request, tell) => {
      if (!isScale(request))
        return tell({ say: 'this version does not know the request', status: ownStatus.wrongFlags });
      if (isBusy)
        return tell({ say: 'another change is under way in this container', status: ownStatus.noAnswer });
      isBusy = true;
      try {
        await scaleDown(request, controlled, tell);
      } finally {
        isBusy = false;
      }
    },
    (problem) => log.write('warn', `${problem}; zk-entrypoint scale does not work here`),
  );
  signal.addEventListener('abort', () => server.close(), { once: true });
}

function isScale(request: unknown): request is ScaleRequest {
  if (typeof request !== 'object' || request === null) return false;
  const { scale, timeoutMs } = request as Partial<ScaleRequest>;
  return Number.isSafeInteger(scale) && (scale as number) >= 1 && Number.isSafeInteger(timeoutMs);
}

async function scaleDown(
  { scale, timeoutMs }: ScaleRequest,
  { now, superUser, log, signal }: Controlled,
  tell: (line: ControlLine) => void,
): Promise<void> {
  now.refresh?.();
  const { self, ready } = now.member;
  const { settings } = ready;
  const say = (sentence: string) => {
    log.write('info', `scale ${scale}: ${sentence}`);
    tell({ say: sentence });
  };
  const stays = (id: number, { members }: CommittedConfiguration) =>
    staysWith(scale, { self, ordinalsStart: settings.ordinalsStart, members })(id);
  const untilMs = monotonicMs() + timeoutMs;
  const outcome = await remove({ ready, superUser, stays, untilMs, signal, say });
  if (outcome.kind === 'not-done') {
    const remedy = 'zk-entrypoint status shows the missing members; then run the same command again';
    return tell({ say: `not done: ${outcome.why}; ${remedy}`, status: ownStatus.noAnswer });
  }
  tell({ say: whatNext(scale, { self, committed: outcome.committed, removed: outcome.removed }), status: 0 });
}

function whatNext(
  replicas: number,
  {
    self,
    committed,
    removed,
  }: { self: MemberNow['member']['self']; committed: CommittedConfiguration; removed: readonly number[] },
): string {
  const ids = committed.members.map(({ id }) => id).join(', ');
  const set = statefulSetOf(self);
  const command =
    set === undefined
      ? 'stop the servers that were removed'
      : `kubectl scale statefulset ${set} --replicas=${replicas}`;
  if (removed.length > 0) return `done: the members are ${ids}; now: ${command}`;
  return set === undefined
    ? `nothing to remove: the members are ${ids}`
    : `nothing to remove: the members are ${ids}; pods that ${command} adds join by themselves`;
}
