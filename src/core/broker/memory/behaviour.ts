/** Which RabbitMQ the in-memory broker behaves like: the three that the contract suite compares it with. */
export type Behaviour = '3.10' | '4.0' | '4.3';

export const behaviours: readonly Behaviour[] = ['3.10', '4.0', '4.3'];
