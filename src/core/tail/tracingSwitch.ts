import type { Clock } from '../base/clock';
import { delay } from '../base/clock';
import type { Disposable } from '../base/disposable';
import { asFailure, Failure } from '../base/failure';
import type { Log } from '../base/log';
import type { ManagementPort } from '../broker/managementPort';

/** The exchange that traced messages go to; every virtual host has one. */
export const traceExchange = 'amq.rabbitmq.trace';

/**
 * Remembers outside this process which virtual hosts were switched on here, so that a crash leaves nothing behind.
 * `set` resolves when that is safely kept.
 */
export interface TracingMarker {
  set(vhost: string): Promise<void>;
  clear(vhost: string): Promise<void>;
}

export interface TracingSwitchParts {
  /** Missing where there is no management API: nothing can be switched then. */
  readonly management?: ManagementPort;
  readonly marker: TracingMarker;
  readonly clock: Clock;
  readonly log: Log;
}

/** How long switching off may take before it is left to the next connect. */
const offWithinMs = 5_000;
/** When to look again whether somebody else still listens. */
const lookAgainMs = 10_000;

/**
 * The broker's tracing of each virtual host, shared by every tail of this connection: the first switches it on, the
 * last switches it off. What was on already stays on.
 */
export class TracingSwitch implements Disposable {
  private readonly users = new Map<string, number>();
  /** Switched on by us and not off again. */
  private readonly ours = new Set<string>();
  private readonly looking = new Map<string, Disposable>();
  private isOver = false;
  /** One change at a time: two tails may begin and end together. */
  private line: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: TracingSwitchParts) {}

  /** Tracing is on when this resolves. Each `on` is followed by one `off`. Rejects with a Failure when it cannot be. */
  on(vhost: string): Promise<void> {
    return this.inTurn(async () => {
      const { management, marker } = this.parts;
      const tracing = management?.tracing;
      if (!tracing) throw new Failure('unsupported', 'This broker cannot trace.');
      if (!(await tracing.isOn(vhost))) {
        // Before the call: whatever happens in between, somebody knows that it is to be switched off.
        await marker.set(vhost);
        this.ours.add(vhost);
        try {
          await tracing.turn(vhost, true);
        } catch (thrown) {
          await this.switchOff(vhost);
          throw thrown;
        }
      }
      this.users.set(vhost, (this.users.get(vhost) ?? 0) + 1);
    });
  }

  /** Looks no more: what is still on is left to the next connect. */
  dispose(): void {
    this.isOver = true;
    for (const timer of this.looking.values()) timer.dispose();
  }

  /** Never rejects: what cannot be switched off now is switched off at the next connect. */
  async off(vhost: string): Promise<void> {
    const { clock } = this.parts;
    const waiting = new AbortController();
    await Promise.race([
      this.inTurn(async () => {
        const left = (this.users.get(vhost) ?? 1) - 1;
        this.users.set(vhost, left);
        if (left === 0 && this.ours.has(vhost)) await this.switchOff(vhost);
      }),
      delay(clock, offWithinMs, waiting.signal),
    ]);
    waiting.abort();
  }

  /** Switches off what a crash left on, as the marker says. Tails of other windows that still listen keep it on. */
  async cleanUp(vhosts: readonly string[]): Promise<void> {
    for (const vhost of vhosts) {
      await this.inTurn(async () => {
        if ((this.users.get(vhost) ?? 0) > 0) this.ours.add(vhost);
        else await this.switchOff(vhost);
      });
    }
  }

  private async switchOff(vhost: string): Promise<void> {
    const { management, marker, log } = this.parts;
    const tracing = management?.tracing;
    if (!tracing) return;
    try {
      const listeners = await management.exchangeBindings(vhost, traceExchange, 'from');
      if (listeners.length > 0) {
        log.debug(`Tracing of "${vhost}" stays on: somebody else listens to it. It is looked at again.`);
        this.lookAgain(vhost);
        return;
      }
      if (await tracing.isOn(vhost)) {
        await tracing.turn(vhost, false);
        log.info(`Tracing of "${vhost}" was switched off.`);
      }
      this.ours.delete(vhost);
      await marker.clear(vhost);
    } catch (thrown) {
      const { reason, message, more } = asFailure(thrown);
      // A virtual host that is gone is traced no more.
      if (reason === 'notFound') {
        this.ours.delete(vhost);
        await marker.clear(vhost);
      } else log.warn(`Tracing of "${vhost}" could not be switched off: ${message}`, more.detail);
    }
  }

  /** Another window may listen, or the broker has not noticed yet that a tap of ours is gone. */
  private lookAgain(vhost: string): void {
    if (this.isOver) return;
    this.looking.get(vhost)?.dispose();
    this.looking.set(
      vhost,
      this.parts.clock.after(lookAgainMs, () => {
        void this.cleanUp([vhost]);
      }),
    );
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.line.then(work, work);
    this.line = turn.catch(() => undefined);
    return turn;
  }
}
