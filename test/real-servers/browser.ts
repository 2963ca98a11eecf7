import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

/** How a page is looked at. */
export interface Look {
  readonly width: number;
  readonly scheme: 'light' | 'dark';
  /** With `false` the page itself may run no script, as in a browser that has them off. */
  readonly scripts?: boolean;
}

/** One page, opened. */
export interface OpenPage {
  /** The value of an expression in the page. */
  value<T>(expression: string): Promise<T>;
  /** The names and roles of what a screen reader is told. */
  readers(): Promise<readonly { readonly role: string; readonly name: string }[]>;
  /** The whole page as a PNG. */
  picture(): Promise<Buffer>;
  /** Every address that was asked for, and what the page's policy or a script complained of. */
  readonly asked: readonly string[];
  readonly complaints: readonly string[];
}

/** A headless Chromium, spoken to over its pipe (`--remote-debugging-pipe`): no port is opened. */
export class Browser {
  readonly #process: ChildProcess;
  readonly #profile = mkdtempSync(join(tmpdir(), 'zk-browser-'));
  readonly #waiting = new Map<number, (message: Message) => void>();
  readonly #listeners = new Set<(message: Message) => void>();
  #lastId = 0;

  constructor(program: string) {
    const flags = [
      '--no-sandbox',
      '--disable-gpu',
      '--remote-debugging-pipe',
      `--user-data-dir=${this.#profile}`,
    ];
    this.#process = spawn(program, flags, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
    let text = '';
    (this.#process.stdio[4] as Readable).on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      const messages = text.split('\0');
      text = messages.pop() ?? '';
      for (const each of messages) this.#take(JSON.parse(each) as Message);
    });
  }

  #take(message: Message): void {
    if (message.id === undefined) for (const listener of this.#listeners) listener(message);
    else this.#waiting.get(message.id)?.(message);
  }

  #call<T>(method: string, params: object, sessionId?: string): Promise<T> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ result, error }) => {
        this.#waiting.delete(id);
        if (error === undefined) resolve(result as T);
        else reject(new Error(`${method}: ${error.message}`));
      });
      (this.#process.stdio[3] as Writable).write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  /** Opens an address and waits until it is loaded. */
  async open(url: string, { width, scheme, scripts = false }: Look): Promise<OpenPage> {
    const { targetId } = await this.#call<{ targetId: string }>('Target.createTarget', {
      url: 'about:blank',
    });
    const attached = { targetId, flatten: true };
    const { sessionId } = await this.#call<{ sessionId: string }>('Target.attachToTarget', attached);
    const call = <T>(method: string, params: object = {}) => this.#call<T>(method, params, sessionId);
    const asked: string[] = [];
    const complaints: string[] = [];
    let loaded = () => {};
    const isLoaded = new Promise<void>((resolve) => {
      loaded = resolve;
    });
    this.#listeners.add(({ method, params, sessionId: of }) => {
      if (of !== sessionId) return;
      if (method === 'Network.requestWillBeSent') asked.push(params?.request?.url ?? '');
      if (method === 'Log.entryAdded') complaints.push(params?.entry?.text ?? '');
      if (method === 'Page.loadEventFired') loaded();
    });
    for (const domain of ['Page', 'Network', 'Log', 'Runtime', 'Accessibility'])
      await call(`${domain}.enable`);
    await call('Emulation.setScriptExecutionDisabled', { value: !scripts });
    await call('Emulation.setDeviceMetricsOverride', {
      width,
      height: 800,
      deviceScaleFactor: 1,
      mobile: true,
    });
    const features = [{ name: 'prefers-color-scheme', value: scheme }];
    await call('Emulation.setEmulatedMedia', { features });
    await call('Page.navigate', { url });
    await isLoaded;
    return {
      async value<T>(expression: string) {
        const given = { expression, returnByValue: true };
        const { result } = await call<{ result: { value: T } }>('Runtime.evaluate', given);
        return result.value;
      },
      async readers() {
        const { nodes } = await call<{ nodes: readonly AccessibleNode[] }>('Accessibility.getFullAXTree');
        return nodes
          .filter(({ ignored }) => !ignored)
          .map(({ role, name }) => ({ role: String(role?.value), name: String(name?.value ?? '') }));
      },
      async picture() {
        const whole = { format: 'png', captureBeyondViewport: true };
        const { data } = await call<{ data: string }>('Page.captureScreenshot', whole);
        return Buffer.from(data, 'base64');
      },
      asked,
      complaints,
    };
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill('SIGKILL');
    await ended;
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly sessionId?: string;
  readonly params?: {
    readonly request?: { readonly url: string };
    readonly entry?: { readonly text: string };
  };
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

interface AccessibleNode {
  readonly ignored: boolean;
  readonly role?: { readonly value: unknown };
  readonly name?: { readonly value: unknown };
}
