import type { Clock } from '../../core/base/clock';
import { Failure } from '../../core/base/failure';
import { BodyDecoder } from '../../core/message/decode/bodyDecoder';
import type { CommandResult } from '../../core/message/decode/bodyReader';
import { noSetup } from '../../core/message/decode/decodingSetup';
import type { DecodingRule, DecodingSetup } from '../../core/message/decode/decodingSetup';
import type { DecodedBody } from '../../core/message/decoded';
import type { MessageDetail } from '../../core/message/detail';
import { ruleFor } from './decodingRules';
import { expand } from './expand';
import { runCommand } from './runCommand';

/** Bodies made readable as the settings, the user's choice or the messages themselves say. */
export class Decoding {
  private setup = noSetup;
  private decoder = this.decoderOf(noSetup);

  constructor(private readonly clock: Clock) {}

  configure(setup: DecodingSetup): void {
    this.setup = setup;
    this.decoder = this.decoderOf(setup);
  }

  /** `choice` is one of the `choices` of an earlier answer. */
  async decode(
    message: MessageDetail,
    queue: string | undefined,
    choice: string | undefined,
    signal: AbortSignal,
  ): Promise<DecodedBody> {
    const { setup, decoder } = this;
    const { exchange, routingKey } = message;
    const where = { exchange, routingKey, ...(queue !== undefined && { queue }) };
    const rule = choice === undefined ? ruleFor(setup.rules, where) : decoder.ruleOf(choice);
    if (choice !== undefined && rule === undefined)
      throw new Failure('notFound', 'This decoder is no longer in the settings.');
    return decoder.decode(message, rule, signal);
  }

  private decoderOf(setup: DecodingSetup): BodyDecoder {
    return new BodyDecoder(setup, {
      expand,
      run: (rule, body, message, signal) => this.run(setup, rule, body, message, signal),
    });
  }

  private async run(
    { commands }: DecodingSetup,
    { command }: DecodingRule,
    body: Uint8Array,
    message: MessageDetail,
    signal: AbortSignal,
  ): Promise<CommandResult> {
    if (commands === undefined)
      return { problem: 'Commands run in trusted workspaces only. Trust this workspace to use it.' };
    const environment = { ...commands.environment, ...about(message) };
    return runCommand(
      { command: command ?? [], body, folder: commands.folder, environment },
      this.clock,
      signal,
    );
  }
}

/** What a command may want to know beside the body. Zeros cannot stand in an environment. */
function about({ exchange, routingKey, properties }: MessageDetail): Record<string, string> {
  const all = {
    AMQP_EXCHANGE: exchange,
    AMQP_ROUTING_KEY: routingKey,
    AMQP_CONTENT_TYPE: properties.contentType ?? '',
    AMQP_TYPE: properties.type ?? '',
  };
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [name, value.replaceAll('\0', '')]));
}
