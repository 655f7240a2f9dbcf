import * as tls from 'node:tls';
import type { NetworkSettings } from '../core/broker/broker';
import type { OpenParams } from '../protocol/brokerContract';

/**
 * What the host resolved, plus the system's certificate authorities: a worker does not get what VS Code patches into
 * the host's `tls` (DESIGN 1). Node has `getCACertificates` from 22.15 on; before that its own list must do.
 */
export function networkSettings(params: OpenParams['network']): NetworkSettings {
  const { systemCertificates, ...settings } = params;
  return { ...settings, certificateAuthorities: systemCertificates ? systemAuthorities() : [] };
}

function systemAuthorities(): readonly string[] {
  const { getCACertificates } = tls as { getCACertificates?: (type: 'system') => string[] };
  return getCACertificates?.('system') ?? [];
}
