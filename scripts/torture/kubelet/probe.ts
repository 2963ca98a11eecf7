import { get } from 'node:http';

/** What a probe says: as the kubelet has it, any status from 200 to 399 is well. */
export interface ProbeAnswer {
  readonly ok: boolean;
  /** The first line of the body, or the error. */
  readonly words: string;
}

interface ProbeRequest {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  /** The address of the node, which a cut between nodes does not part from its pods. */
  readonly from: string | undefined;
  readonly timeoutMs: number;
}

/** Asks once over HTTP, on a connection of its own as the kubelet does. Never rejects. */
export function probe({ host, port, path, from, timeoutMs }: ProbeRequest): Promise<ProbeAnswer> {
  return new Promise((answered) => {
    const options = { host, port, path, agent: false, ...(from === undefined ? {} : { localAddress: from }) };
    const no = (words: string) => answered({ ok: false, words });
    const request = get(options, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        body += part;
      });
      response.on('end', () => {
        const { statusCode = 0 } = response;
        answered({ ok: statusCode >= 200 && statusCode < 400, words: body.split('\n')[0] ?? '' });
      });
      response.on('error', (error) => no(error.message));
    });
    request.on('error', (error) => no(error.message));
    const timer = setTimeout(() => {
      no(`no answer within ${timeoutMs} ms`);
      request.destroy();
    }, timeoutMs);
    request.on('close', () => clearTimeout(timer));
  });
}
