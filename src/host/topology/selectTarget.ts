import * as vscode from 'vscode';
import { Failure } from '../../core/base/failure';
import type { BrokerSession } from '../brokers/brokerSession';
import { withoutIcons } from '../messages';
import type { TargetChoice } from './targetPicks';
import { brokerTargets, seriesChoices } from './targetPicks';
import type { TopologyBroker } from './topologyBroker';

type Pick = vscode.QuickPickItem & { readonly choice?: TargetChoice };

/** Asks for which RabbitMQ topology files are checked, and keeps the answer in the settings. */
export async function selectTarget(connected: readonly BrokerSession[]): Promise<void> {
  const uri = vscode.window.activeTextEditor?.document.uri;
  const settings = vscode.workspace.getConfiguration('amqp.topologyFiles', uri ?? null);
  const current = settings.get<string>('target', 'auto');
  const mark = (label: string, choice: TargetChoice): string =>
    `$(${choice === current ? 'check' : 'blank'}) ${label}`;
  const picks: Pick[] = [
    {
      label: mark(vscode.l10n.t('As the File Says'), 'auto'),
      description: vscode.l10n.t('the version it was exported from, else the newest'),
      choice: 'auto',
    },
    separator(vscode.l10n.t('Versions')),
    ...seriesChoices.map((choice) => ({
      label: mark(`RabbitMQ ${choice}`, choice),
      description: rangeOf(choice),
      choice,
    })),
  ];
  const brokers = brokerTargets(connected);
  if (brokers.length > 0) picks.push(separator(vscode.l10n.t('Connected Brokers')));
  for (const { name, version, target } of brokers)
    picks.push({
      label: `$(blank) ${withoutIcons(name)}`,
      description: withoutIcons(`RabbitMQ ${version} → ${target}`),
      choice: target,
    });
  const picked = await vscode.window.showQuickPick<Pick>(picks, {
    title: vscode.l10n.t('Check Topology Files For'),
    placeHolder: vscode.l10n.t('Which RabbitMQ are the topology files for?'),
    matchOnDescription: true,
  });
  if (picked?.choice !== undefined) await keep(settings, picked.choice);
}

/** Where the value stands already when it would win there, else in the workspace, if there is one. */
async function keep(settings: vscode.WorkspaceConfiguration, choice: TargetChoice): Promise<void> {
  const { ConfigurationTarget } = vscode;
  const found = settings.inspect('target');
  const isOpen = vscode.workspace.workspaceFolders !== undefined;
  const place =
    found?.workspaceFolderValue !== undefined
      ? ConfigurationTarget.WorkspaceFolder
      : isOpen
        ? ConfigurationTarget.Workspace
        : ConfigurationTarget.Global;
  await settings.update('target', choice, place);
}

/** Asks which connected broker completion, hovers and code lenses of topology files speak of. */
export async function selectTopologyBroker(broker: TopologyBroker): Promise<void> {
  const candidates = broker.candidates();
  if (candidates.length === 0)
    throw new Failure('notFound', vscode.l10n.t('No connected broker can be asked.'), {
      advice: vscode.l10n.t('Connect one that has the management API first.'),
    });
  const current = broker.session()?.profile.id;
  const picked = await vscode.window.showQuickPick(
    candidates.map(({ profile }) => ({
      label: `$(${profile.id === current ? 'check' : 'blank'}) ${withoutIcons(profile.name)}`,
      description: profile.kind === 'memory' ? '' : withoutIcons(`${profile.host}:${String(profile.port)}`),
      id: profile.id,
    })),
    {
      title: vscode.l10n.t('Live State in Topology Files'),
      placeHolder: vscode.l10n.t('Which broker are the topology files about?'),
      matchOnDescription: true,
    },
  );
  if (picked) await broker.choose(picked.id);
}

function separator(label: string): Pick {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

function rangeOf(choice: TargetChoice): string {
  switch (choice) {
    case '3.10':
      return vscode.l10n.t('and older');
    case '3.13':
      return vscode.l10n.t('3.11 to 3.13');
    case '4.0':
      return vscode.l10n.t('4.0 to 4.2');
    case '4.3':
      return vscode.l10n.t('and newer');
    case 'auto':
      return '';
  }
}
