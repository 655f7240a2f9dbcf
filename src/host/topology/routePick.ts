import * as vscode from 'vscode';
import { asFailure } from '../../core/base/failure';
import type { Wording } from '../../core/topology/treeModel';
import type { RoutePreview } from '../../protocol/topologyService';
import { withoutIcons } from '../messages';
import { routeItems } from './routeItems';

/** How long typing may pause before the preview follows, in milliseconds. */
const typingPause = 120;

/** What the user wants next. */
export type RouteChoice =
  | { readonly kind: 'queue'; readonly queue: string }
  | { readonly kind: 'headers' | 'exchange' | 'publish' | 'refresh' | 'closed' };

export interface RoutePickOptions {
  readonly title: string;
  readonly key: string;
  /** As JSON; empty for none. */
  readonly headers: string;
  /** There is a broker behind it. */
  readonly live: boolean;
  preview(key: string, token: vscode.CancellationToken): Promise<RoutePreview>;
  /** Keeps what was typed. */
  typed(key: string): void;
}

interface Item extends vscode.QuickPickItem {
  readonly choice?: RouteChoice;
}

interface Button extends vscode.QuickInputButton {
  readonly choice: RouteChoice;
}

/** The quick pick whose input is the routing key: what it shows follows the typing. */
export function routePick(options: RoutePickOptions, words: Wording): Promise<RouteChoice> {
  const pick = vscode.window.createQuickPick<Item>();
  pick.title = options.title;
  pick.placeholder = vscode.l10n.t('Routing key: the queues it reaches are listed as you type');
  pick.value = options.key;
  pick.ignoreFocusOut = true;
  pick.keepScrollPosition = true;
  keepOrder(pick);
  const actions = actionItems(options);
  pick.buttons = actions.flatMap(({ button }) => button);
  let running: vscode.CancellationTokenSource | undefined;
  let pause: NodeJS.Timeout | undefined;

  async function follow(key: string): Promise<void> {
    running?.cancel();
    const source = new vscode.CancellationTokenSource();
    running = source;
    pick.busy = true;
    const lines = await options.preview(key, source.token).then(
      (preview) => routeItems(preview, words),
      (thrown: unknown) => [
        { icon: 'error' as const, depth: 0, label: asFailure(thrown).message, description: '' },
      ],
    );
    if (source.token.isCancellationRequested) return;
    pick.busy = false;
    pick.items = [...lines.map(lineItem), separator(), ...actions.map(({ item }) => item)];
  }

  return new Promise((resolve) => {
    const settle = (choice: RouteChoice): void => {
      resolve(choice);
      pick.hide();
    };
    pick.onDidChangeValue((key) => {
      options.typed(key);
      running?.cancel();
      clearTimeout(pause);
      pause = setTimeout(() => void follow(key), typingPause);
    });
    pick.onDidTriggerButton((button) => settle((button as Button).choice));
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      if (chosen?.choice !== undefined) settle(chosen.choice);
    });
    pick.onDidHide(() => {
      clearTimeout(pause);
      running?.cancel();
      pick.dispose();
      resolve({ kind: 'closed' });
    });
    pick.show();
    void follow(options.key);
  });
}

/** Names come from strangers: their `$(...)` stays text. Every line stays whatever is typed. */
function lineItem({ icon, depth, label, description, queue }: ReturnType<typeof routeItems>[number]): Item {
  return {
    label: `${'\u2003'.repeat(depth * 2)}$(${icon}) ${withoutIcons(label)}`,
    description: withoutIcons(description),
    alwaysShow: true,
    ...(queue === undefined ? {} : { choice: { kind: 'queue', queue } }),
  };
}

function separator(): Item {
  return { label: vscode.l10n.t('more'), kind: vscode.QuickPickItemKind.Separator };
}

function actionItems({ headers, live }: RoutePickOptions): { item: Item; button: Button }[] {
  const action = (
    kind: 'headers' | 'exchange' | 'publish' | 'refresh',
    icon: string,
    label: string,
    description = '',
  ): { item: Item; button: Button } => {
    const choice: RouteChoice = { kind };
    return {
      item: {
        label: `$(${icon}) ${label}`,
        description: withoutIcons(description),
        alwaysShow: true,
        choice,
      },
      button: { iconPath: new vscode.ThemeIcon(icon), tooltip: label, choice },
    };
  };
  return [
    action('headers', 'tag', vscode.l10n.t('Headers...'), headers),
    action('exchange', 'arrow-swap', vscode.l10n.t('Another Exchange...')),
    ...(live
      ? [
          action('publish', 'send', vscode.l10n.t('Publish Test Message...')),
          action('refresh', 'refresh', vscode.l10n.t('Read the Broker Again')),
        ]
      : []),
  ];
}

/** The editor would sort lines by what was typed and tear dead letters from their queue; where it lets us, it does not. */
function keepOrder(pick: vscode.QuickPick<Item>): void {
  try {
    Object.assign(pick, { sortByLabel: false });
  } catch {
    // Each line says what it is the dead letter of, so that the order is a convenience only.
  }
}
