import { Agent, get } from 'node:http';

const PATHS = ['/livez', '/readyz', '/startupz', '/metrics', '/status', '/livez?verbose', '/nowhere'];
const AT_ONCE = 8;

/** Asks every path of the health endpoint in turn, `count` times in all; rejects when an answer is a 500. */
export async function askManyTimes(port: number, count: number): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  let begun = 0;
  const asker = async () => {
    while (begun < count) {
      const path = PATHS[begun++ % PATHS.length] ?? '/';
      const status = await ask({ agent, port, path });
      if (status === 500) throw new Error(`the health endpoint answered ${path} with 500`);
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, asker));
  } finally {
    agent.destroy();
  }
}

function ask(question: { agent: Agent; port: number; path: string }): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = get({ host: '127.0.0.1', ...question }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0));
    });
    request.once('error', reject);
  });
}
