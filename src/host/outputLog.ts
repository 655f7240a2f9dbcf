import type { LogOutputChannel } from 'vscode';
import type { Log } from '../core/base/log';

/** The output channel "AMQP" as a log. Its level is the user's (Developer: Set Log Level). */
export function outputLog(channel: LogOutputChannel): Log {
  const line = (message: string, detail: string | undefined): string =>
    detail === undefined ? message : `${message}\n${detail}`;
  return {
    error: (message, detail) => channel.error(line(message, detail)),
    warn: (message, detail) => channel.warn(line(message, detail)),
    info: (message, detail) => channel.info(line(message, detail)),
    debug: (message, detail) => channel.debug(line(message, detail)),
  };
}
