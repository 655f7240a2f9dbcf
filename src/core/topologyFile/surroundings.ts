/** What is there already when a file is imported. `vhost` is empty for the one that a file without `vhost` fields goes to. */
export interface Surroundings {
  hasVhost(vhost: string): boolean;
  hasUser(user: string): boolean;
  hasQueue(vhost: string, queue: string): boolean;
  /** `undefined` for an exchange that is not there. */
  exchangeType(vhost: string, exchange: string): string | undefined;
  defaultQueueType(vhost: string): string | undefined;
  /** A file without `vhost` fields goes into one virtual host, and not into a whole broker. */
  readonly isIntoOneVhost?: boolean;
  /** Whether the plugin is enabled; `undefined`, or no such function, where nobody knows. */
  hasPlugin?(plugin: string): boolean | undefined;
}

/** What the rules assume without a broker to ask: the virtual host `/`, the user `guest` and nothing else. */
export const freshBroker: Surroundings = {
  hasVhost: (vhost) => vhost === '/',
  hasUser: (user) => user === 'guest',
  hasQueue: () => false,
  exchangeType: () => undefined,
  defaultQueueType: () => undefined,
};
