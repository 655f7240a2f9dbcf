import type { Connection } from 'vscode-languageserver/node';
import type { EffectiveTarget } from '../../core/topologyFile/target';
import type { FileTarget, ServerNotices } from '../../protocol/topologyService';

/** Tells the host for which RabbitMQ each open file is checked, whenever that changes. */
export class TargetNotices {
  private readonly told = new Map<string, string>();

  constructor(private readonly connection: Connection) {}

  /** `undefined` for a file that is closed, or is no topology file any more. */
  tell(uri: string, found: EffectiveTarget | undefined): void {
    const target = found ? asFileTarget(found) : null;
    const text = JSON.stringify(target);
    if ((this.told.get(uri) ?? 'null') === text) return;
    if (target) this.told.set(uri, text);
    else this.told.delete(uri);
    const notice: ServerNotices['target'] = { uri, target };
    void this.connection.sendNotification('amqp/target', notice);
  }
}

function asFileTarget({ target, because, version }: EffectiveTarget): FileTarget {
  return {
    target,
    because: because === 'asked' ? 'setting' : because,
    ...(version === undefined ? {} : { version: version.slice(0, 100) }),
  };
}
