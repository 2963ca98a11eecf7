import { Agent, get } from 'node:http';

const AT_ONCE = 8;

/** A path, and whether those who ask it keep their connection: Prometheus does, a kubelet opens one for each probe. */
const ROUND = [
  { path: '/livez', keeps: false },
  { path: '/readyz', keeps: false },
  { path: '/startupz', keeps: false },
  { path: '/livez?verbose', keeps: false },
  { path: '/metrics', keeps: true },
  { path: '/status', keeps: true },
  { path: '/nowhere', keeps: true },
] as const;

/** Asks every path of the health endpoint in turn, `count` times in all; rejects when an answer is a 500. */
export async function askManyTimes(port: number, count: number): Promise<void> {
  const kept = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  let begun = 0;
  const asker = async () => {
    while (begun < count) {
      const { path, keeps } = ROUND[begun++ % ROUND.length] ?? ROUND[0];
      const status = await ask({ port, path, agent: keeps ? kept : false });
      if (status === 500) throw new Error(`the health endpoint answered ${path} with 500`);
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, asker));
  } finally {
    kept.destroy();
  }
}

function ask(question: { port: number; path: string; agent: Agent | false }): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = get({ host: '127.0.0.1', ...question }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0));
    });
    request.once('error', reject);
  });
}
