import type { Profile } from '../../core/broker/profile';

/** The broker that needs nothing installed. It lives in memory, so only its name ever shows. */
export const demoProfile: Profile = {
  id: 'demo',
  name: 'Demo Broker',
  kind: 'memory',
  tls: false,
  host: 'localhost',
  port: 5672,
  user: 'guest',
  vhost: '/',
  environment: 'development',
};
