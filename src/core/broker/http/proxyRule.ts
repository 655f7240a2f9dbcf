import { isLoopback } from '../profile';

/**
 * Whether requests to that host go past the proxy: `noProxy` entries are a host, a domain (`example.org`,
 * `.example.org` and `*.example.org` all mean its hosts too), either with a port, or `*`. This machine always does.
 */
export function bypassesProxy(host: string, port: number, noProxy: readonly string[]): boolean {
  const name = host.replace(/^\[|\]$/g, '').toLowerCase();
  if (isLoopback(name)) return true;
  return noProxy.some((entry) => {
    const pattern = entry.trim().toLowerCase();
    if (pattern === '*') return true;
    const withPort = /^(.*?):(\d+)$/.exec(pattern);
    const isIpv6 = withPort !== null && (withPort[1] ?? '').includes(':');
    if (withPort && !isIpv6 && Number(withPort[2]) !== port) return false;
    const domain = (withPort && !isIpv6 ? (withPort[1] ?? '') : pattern).replace(/^\*?\./, '');
    return domain !== '' && (name === domain || name.endsWith(`.${domain}`));
  });
}
