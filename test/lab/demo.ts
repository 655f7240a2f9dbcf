// The main job with nothing prepared: npm run demo [-- --screenshots DIR]
// Starts a private RabbitMQ with the shop and its traffic, and a VS Code with the extension connected to it.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startDemoBroker } from './demoBroker';
import type { DemoBroker } from './demoBroker';
import { takeScreenshots } from './demoTour';
import { writeDemoWorkspace } from './demoWorkspace';
import { findProgram } from './programs';
import { repository } from './paths';
import { startProcess } from './processes';
import { wordsOf } from './say';
import { temporaryFolder } from './temporaryFolder';
import { startVscodeServer } from './vscodeServer';

const messagesPerSecond = 20;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { screenshots: { type: 'string' } } });
  const broker = await brokerOrWords();
  const workspace = temporaryFolder('demo').path;
  await writeDemoWorkspace(workspace);
  const userSettings = { 'amqp.connections': broker === undefined ? [] : [broker.profile] };
  if (values.screenshots !== undefined) {
    const folder = path.resolve(values.screenshots);
    await takeScreenshots({ folder, workspace, userSettings, connection: broker?.profile.name });
    await broker?.stop();
    console.log(`The pictures are in ${folder}.`);
    return;
  }
  const desktop = desktopCode();
  if (desktop !== undefined) {
    await openDesktop(desktop, workspace, userSettings);
    await broker?.stop();
    return;
  }
  const server = await startVscodeServer({ userSettings });
  console.log(
    `\nOpen this address in a browser:\n\n  ${server.url({ folder: workspace, developmentPath: repository })}\n`,
  );
  console.log('Choose the AMQP icon at the left. Ctrl+C here ends it all.');
  await new Promise(() => undefined);
}

/** A real broker; without one the extension's own demo broker serves, and the person is told. */
async function brokerOrWords(): Promise<DemoBroker | undefined> {
  try {
    const broker = await startDemoBroker(messagesPerSecond);
    console.log(
      `RabbitMQ ${broker.version} runs at ${broker.profile.host}:${broker.profile.port} (${broker.profile.managementUrl ?? ''}).`,
    );
    return broker;
  } catch (error) {
    console.log(
      `${wordsOf(error)}\nNo RabbitMQ could be started, so the demo uses the built-in demo broker: choose "Try the Demo Broker".`,
    );
    return undefined;
  }
}

/** VS Code on a desktop, where there is a screen to show it; it refuses to run as root. */
function desktopCode(): string | undefined {
  const hasScreen =
    process.platform !== 'linux' ||
    process.env['DISPLAY'] !== undefined ||
    process.env['WAYLAND_DISPLAY'] !== undefined;
  return hasScreen && process.getuid?.() !== 0 ? findProgram('code') : undefined;
}

async function openDesktop(code: string, workspace: string, settings: object): Promise<void> {
  const data = temporaryFolder('demo-vscode').path;
  await mkdir(path.join(data, 'User'), { recursive: true });
  await writeFile(path.join(data, 'User', 'settings.json'), JSON.stringify(settings));
  const args = [
    '--wait',
    '--new-window',
    `--user-data-dir=${data}`,
    `--extensionDevelopmentPath=${repository}`,
    workspace,
  ];
  const window = await startProcess(code, args, { output: 'ignore' });
  console.log('VS Code opens. Choose the AMQP icon at the left; closing the window ends the demo.');
  await window.exited;
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.log(wordsOf(error));
    process.exit(1);
  },
);
