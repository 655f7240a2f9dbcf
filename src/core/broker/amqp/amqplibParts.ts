import type { Duplex } from 'node:stream';
import type { ConfirmChannel, ChannelModel } from 'amqplib';
import type { TypedTable } from './fieldTable';

/**
 * What we use of amqplib beyond its declared types, all in one place. The version is pinned by a test
 * (`test/unit/amqplibVersion.test.ts`): whoever changes it reads these again.
 */

/** amqplib decodes absent properties to `undefined`; `headers` is what our codec made. */
export interface WireProperties {
  readonly contentType?: string;
  readonly contentEncoding?: string;
  readonly headers?: TypedTable;
  readonly deliveryMode?: number;
  readonly priority?: number;
  readonly correlationId?: string;
  readonly replyTo?: string;
  readonly expiration?: string;
  readonly messageId?: string;
  readonly timestamp?: number;
  readonly type?: string;
  readonly userId?: string;
  readonly appId?: string;
  readonly clusterId?: string;
}

export interface WireMessage {
  readonly fields: {
    readonly deliveryTag: number;
    readonly redelivered: boolean;
    readonly exchange: string;
    readonly routingKey: string;
    readonly replyCode?: number;
    readonly replyText?: string;
  };
  readonly properties: WireProperties;
  readonly content: Buffer;
}

/**
 * `ConfirmChannel.publish` in two steps. The first step of amqplib itself always sends a headers table and never a
 * cluster id; this one sends what the user gave.
 */
interface SendingChannel {
  sendMessage(
    fields: { exchange: string; routingKey: string; mandatory: boolean; immediate: boolean },
    properties: WireProperties,
    content: Buffer,
  ): boolean;
  pushConfirmCallback(settled: (error: Error | null) => void): void;
}

export function sending(channel: ConfirmChannel): SendingChannel {
  return channel as unknown as SendingChannel;
}

/** The socket under a connection, and the connection object that a channel belongs to. */
export function socketOf(connection: ChannelModel): Duplex & { destroyed: boolean } {
  return (connection.connection as unknown as { stream: Duplex }).stream;
}

export function serverProperties(connection: ChannelModel): TypedTable {
  return connection.connection.serverProperties as unknown as TypedTable;
}
