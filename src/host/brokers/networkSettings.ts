import * as vscode from 'vscode';
import type { OpenParams } from '../../protocol/brokerContract';

/** The editor's network settings. A worker does not get what VS Code patches into the host's https and tls. */
export function networkSettings(): OpenParams['network'] {
  const http = vscode.workspace.getConfiguration('http');
  const proxy = http.get<string>('proxySupport') === 'off' ? '' : (http.get<string>('proxy') ?? '');
  return {
    ...(proxy.trim() === '' ? {} : { proxy: proxy.trim() }),
    noProxy: http.get<string[]>('noProxy') ?? [],
    strictSsl: http.get<boolean>('proxyStrictSSL') ?? true,
    systemCertificates: http.get<boolean>('systemCertificates') ?? true,
  };
}
