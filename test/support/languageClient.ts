import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import type { Diagnostic, MessageConnection } from 'vscode-languageserver/node';

interface Published {
  readonly uri: string;
  readonly version?: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** A client over standard input and output, as small as it can be. */
export class LanguageClient {
  private readonly process: ChildProcess;
  private readonly connection: MessageConnection;
  private readonly published: Published[] = [];
  private readonly notices: { readonly method: string; readonly params: unknown }[] = [];
  private wake: () => void = () => undefined;

  constructor() {
    this.process = spawn(process.execPath, ['dist/server.js', '--stdio'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    assert.ok(this.process.stdout && this.process.stdin);
    this.connection = createMessageConnection(
      new StreamMessageReader(this.process.stdout),
      new StreamMessageWriter(this.process.stdin),
    );
    this.connection.onNotification('textDocument/publishDiagnostics', (params: Published) => {
      this.published.push(params);
      this.wake();
    });
    this.connection.onNotification((method, params) => {
      this.notices.push({ method, params });
      this.wake();
    });
    this.connection.listen();
  }

  /** Answers what the server asks for. */
  answer(method: string, answer: (params: never) => unknown): void {
    this.connection.onRequest(method, answer as (params: unknown) => unknown);
  }

  async start(initializationOptions: unknown = {}, capabilities: unknown = {}): Promise<void> {
    await this.connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities,
      initializationOptions,
    });
    await this.connection.sendNotification('initialized', {});
  }

  async notify(method: string, params: unknown): Promise<void> {
    await this.connection.sendNotification(method, params);
  }

  async request<T>(method: string, params: unknown): Promise<T> {
    return await this.connection.sendRequest(method, params);
  }

  async open(uri: string, text: string, languageId = 'json'): Promise<void> {
    await this.notify('textDocument/didOpen', {
      textDocument: { uri, languageId, version: 1, text },
    });
  }

  /** The next diagnostics that the server sends, whatever the file. */
  async next(): Promise<Published> {
    return await this.taken(() => this.published.shift());
  }

  /** The codes of the next diagnostics for a file; those of others before it are passed over. */
  async codes(uri: string): Promise<readonly unknown[]> {
    for (;;) {
      const published = await this.next();
      if (published.uri === uri) return published.diagnostics.map(({ code }) => code);
    }
  }

  /** What the next notification of that method says. */
  async notice<T>(method: string): Promise<T> {
    return await this.taken(() => {
      const at = this.notices.findIndex((notice) => notice.method === method);
      return at < 0 ? undefined : (this.notices.splice(at, 1)[0]?.params as T);
    });
  }

  private async taken<T>(take: () => T | undefined): Promise<T> {
    for (;;) {
      const found = take();
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        const before = this.wake;
        this.wake = () => {
          before();
          resolve();
        };
      });
    }
  }

  async stop(): Promise<number | null> {
    const ended = new Promise<number | null>((resolve) => this.process.once('exit', resolve));
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    return await ended;
  }

  kill(): void {
    this.process.kill();
    this.connection.dispose();
  }
}
