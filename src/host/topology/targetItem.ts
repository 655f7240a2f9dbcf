import * as vscode from 'vscode';
import { DisposableStore } from '../../core/base/disposable';
import type { Disposable } from '../../core/base/disposable';
import type { FileTarget } from '../../protocol/topologyService';
import type { TopologyFiles } from '../topologyFiles';

/** Just left of the language mode, which stands at 100: what a file is checked for belongs to what it is. */
const priority = 100.05;

/** Says in the status bar for which RabbitMQ the file in front is checked, and why. */
export class TargetItem implements Disposable {
  private readonly subscriptions = new DisposableStore();
  private readonly targets = new Map<string, FileTarget>();
  private item: vscode.StatusBarItem | undefined;

  constructor(files: TopologyFiles) {
    this.subscriptions.add(
      files.onNotice('target', ({ uri, target }) => {
        if (target) this.targets.set(uri, target);
        else this.targets.delete(uri);
        this.draw();
      }),
    );
    this.subscriptions.add(vscode.window.onDidChangeActiveTextEditor(() => this.draw()));
  }

  /** What is shown now, for whoever cannot see it. */
  get shown(): { readonly text: string; readonly tooltip: string } | undefined {
    const uri = vscode.window.activeTextEditor?.document.uri.toString();
    const target = uri === undefined ? undefined : this.targets.get(uri);
    if (!target) return undefined;
    return { text: `RabbitMQ ${target.target}`, tooltip: `${reason(target)}\n${next()}` };
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.item?.dispose();
  }

  private draw(): void {
    const { shown } = this;
    if (!shown) {
      this.item?.hide();
      return;
    }
    this.item ??= create();
    this.item.text = shown.text;
    this.item.tooltip = shown.tooltip;
    this.item.accessibilityInformation = { label: `${shown.text}. ${shown.tooltip}` };
    this.item.show();
  }
}

function create(): vscode.StatusBarItem {
  const item = vscode.window.createStatusBarItem(
    'amqp.topologyTarget',
    vscode.StatusBarAlignment.Right,
    priority,
  );
  item.name = vscode.l10n.t('Topology File Target');
  item.command = 'amqp.selectTarget';
  return item;
}

function next(): string {
  return vscode.l10n.t('Click to choose another version.');
}

function reason({ target, because, version }: FileTarget): string {
  if (because === 'setting')
    return vscode.l10n.t('This file is checked for RabbitMQ {0}, as the settings say.', target);
  if (because === 'newest')
    return vscode.l10n.t(
      'This file is checked for RabbitMQ {0}, the newest: neither the settings nor the file say otherwise.',
      target,
    );
  return version?.startsWith(`${target}.`) === true || version === target
    ? vscode.l10n.t('This file is checked for RabbitMQ {0}: it was exported from {1}.', target, version)
    : vscode.l10n.t(
        'This file is checked for RabbitMQ {0}: it was exported from {1}, which imports files as {0} does.',
        target,
        version ?? '',
      );
}
