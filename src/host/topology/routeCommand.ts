import * as vscode from 'vscode';
import type { RouteTarget } from '../commands/commandTable';
import { isDefinitionsFile } from '../topologyFiles';
import type { TopologyQuestions } from './questions';
import type { RoutePreviews } from './routePreview';

/** Preview Route: of the exchange that was named, else of the file in front or of a connection. */
export async function previewRoute(
  target: RouteTarget,
  previews: RoutePreviews,
  questions: TopologyQuestions,
): Promise<void> {
  if (typeof target === 'object' && target.kind === 'route') {
    const { uri, vhost, exchange } = target;
    await previews.show({ kind: 'file', uri }, { vhost, exchange });
    return;
  }
  if (typeof target === 'object' && target.kind === 'exchange') {
    const { profileId, vhost, name } = target;
    await previews.show({ kind: 'broker', profileId, vhost }, { vhost, exchange: name });
    return;
  }
  const title = vscode.l10n.t('Preview Route');
  const active = vscode.window.activeTextEditor?.document;
  const file =
    typeof target === 'object' && target.kind === 'file'
      ? target
      : target === undefined && active !== undefined && isDefinitionsFile(active)
        ? await questions.file(undefined, title)
        : undefined;
  const side = file ?? (await questions.broker(target, title, 'vhost'));
  if (side !== undefined) await previews.show(side);
}
