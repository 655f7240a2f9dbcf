import { utf8Length } from '../../base/bytes';
import { Failure } from '../../base/failure';
import { BrokerError } from '../brokerError';
import { closeError, closesOnlyChannel } from '../closeReason';
import { Fault } from './fault';
import type { TaskLoop } from './taskLoop';

export interface LineEnds {
  /** The broker closes the channel over a refusal. */
  closeChannel(error: BrokerError): void;
  /** Or the whole connection. */
  closeConnection(error: BrokerError): void;
}

/** How a client's calls on one channel reach the broker: in order, answered later, and refused once it is closed. */
export class ChannelLine {
  private closedBy: BrokerError | undefined;
  private isOpen = true;

  constructor(
    private readonly loop: TaskLoop,
    private readonly ends: LineEnds,
  ) {}

  /**
   * Asks the broker. `what` begins the sentence of an error, `names` are sent as short strings. What `afterwards`
   * posts arrives behind the answer.
   */
  ask<T>(what: string, names: readonly string[], action: () => T, afterwards?: () => void): Promise<T> {
    const tooLong = names.find((name) => utf8Length(name) > 255);
    if (tooLong !== undefined)
      return Promise.reject(badInput(what, `\`${tooLong.slice(0, 40)}...\` is longer than 255 bytes`));
    return new Promise((resolve, reject) => {
      this.loop.post(() => {
        const answer = this.attempt(what, action);
        this.loop.post(() => {
          if ('value' in answer) resolve(answer.value);
          else reject(answer.error);
        });
        afterwards?.();
      });
    });
  }

  /** Something without an answer; on a closed channel nothing happens. */
  tell(what: string, action: () => void): void {
    this.loop.post(() => {
      if (this.isOpen) this.attempt(what, action);
    });
  }

  /** At the broker: runs the action, and closes what a Fault closes. `refusal` is set for the broker's own no. */
  attempt<T>(what: string, action: () => T): { value: T } | { error: Failure; refusal?: Fault } {
    if (!this.isOpen)
      return { error: this.closedBy ?? new BrokerError('closed', `${what}: the channel is closed.`) };
    try {
      return { value: action() };
    } catch (thrown) {
      if (thrown instanceof Failure) return { error: thrown };
      if (!(thrown instanceof Fault)) throw thrown;
      return { error: this.close(what, thrown), refusal: thrown };
    }
  }

  /** Whether it was open until now. */
  end(reason: BrokerError | undefined): boolean {
    const was = this.isOpen;
    this.isOpen = false;
    if (was) this.closedBy = reason;
    return was;
  }

  get open(): boolean {
    return this.isOpen;
  }

  private close(what: string, fault: Fault): BrokerError {
    const isSoft = closesOnlyChannel(fault.code);
    const error = closeError(isSoft ? what : 'The broker closed the connection', fault.code, fault.text);
    if (isSoft) this.ends.closeChannel(error);
    else this.ends.closeConnection(error);
    return error;
  }
}

export function badInput(what: string, why: string): Failure {
  return new Failure('badInput', `${what}: ${why}.`, {
    advice: 'Names are at most 255 bytes long, and numbers must fit their types.',
  });
}
