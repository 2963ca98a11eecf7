import { readTold, type Told } from '../admission/told.ts';
import { askSupervisor } from './ask-supervisor.ts';

/** What the supervisor there tells of itself; undefined where none answers. Never rejects. */
export async function askTold(where: {
  readonly host: string;
  readonly port: number;
  readonly timeoutMs: number;
}): Promise<Told | undefined> {
  const answer = await askSupervisor({ ...where, path: '/status?verbose' });
  return answer.kind === 'answer' && answer.status === 200 ? readTold(answer.body) : undefined;
}
