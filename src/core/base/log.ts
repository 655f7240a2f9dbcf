/** Where diagnostics go. Messages and details never hold a secret or a message body. */
export interface Log {
  error(message: string, detail?: string): void;
  warn(message: string, detail?: string): void;
  info(message: string, detail?: string): void;
  debug(message: string, detail?: string): void;
}

export const silentLog: Log = {
  error: () => undefined,
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
};
