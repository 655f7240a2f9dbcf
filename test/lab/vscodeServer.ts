import { cp, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { claimPort } from './ports';
import { startProcess } from './processes';
import { waitUntil } from './ready';
import { run } from './run';
import { temporaryFolder } from './temporaryFolder';
import { installVscode, outsideNpm } from './vscodeInstall';
import type { VscodeInstallation } from './vscodeInstall';

export interface VscodeOptions {
  /** Merged over the quiet defaults below. */
  readonly userSettings?: Readonly<Record<string, unknown>>;
  /** Packaged extensions to install first. */
  readonly extensionsToInstall?: readonly string[];
  /** A data folder to use and to leave in place; by default one in the temporary folder that goes at `stop`. */
  readonly serverDataDir?: string;
  /** Added to the environment of the server and of its extension hosts. */
  readonly env?: Readonly<Record<string, string>>;
  /** 'off' (default): every folder is trusted, nobody asks. 'untrusted': trust is on, folders are not trusted, nobody asks. */
  readonly workspaceTrust?: 'off' | 'untrusted';
}

interface WorkbenchPage {
  /** The folder to open, absolute. */
  readonly folder: string;
  /** An extension to run from its sources, absolute. */
  readonly developmentPath?: string;
  /** A module whose export `run(): Promise<void>` is called in the extension host, absolute. */
  readonly testsPath?: string;
}

/** A VS Code that a browser opens; it ends with this process at the latest. */
export interface VscodeServer {
  /** VS Code's version, such as `1.139.1`. */
  readonly version: string;
  readonly port: number;
  /** Logs of the server and of the extension hosts, below one folder a session. */
  readonly logsDir: string;
  /** The address of a window. */
  url(page: WorkbenchPage): string;
  /** Ends it and removes its data; `keepLogsIn` copies the logs there first. */
  stop(options?: { readonly keepLogsIn?: string }): Promise<void>;
}

/** Installs the server if need be and starts one with its own data folder; ready after about 1 s when it is in the cache. */
export async function startVscodeServer(options: VscodeOptions = {}): Promise<VscodeServer> {
  const installation = await installVscode();
  const claim = await claimPort();
  const temporary = temporaryFolder('vscode');
  const dataDir = options.serverDataDir ?? path.join(temporary.path, 'server');
  const logsDir = path.join(dataDir, 'data', 'logs');
  const env = {
    ...outsideNpm(),
    HOME: path.join(temporary.path, 'home'),
    // Its sockets would stay in the system's temporary folder.
    TMPDIR: temporary.path,
    XDG_RUNTIME_DIR: temporary.path,
    // No marketplace: the server would ask it, and tests talk to loopback only.
    EXTENSIONS_GALLERY: '{}',
    ...options.env,
  };
  const giveBack = async (): Promise<void> => {
    await temporary.remove();
    claim.release();
  };
  try {
    await mkdir(env.HOME, { recursive: true });
    await mkdir(logsDir, { recursive: true });
    await writeSettings(dataDir, options);
    for (const vsix of options.extensionsToInstall ?? []) {
      await run(
        installation.node,
        [...serverArguments(installation, dataDir), '--install-extension', vsix, '--force'],
        { env },
      );
    }
    const args = [
      '--host',
      '127.0.0.1',
      '--port',
      String(claim.port),
      '--without-connection-token',
      '--enable-smoke-test-driver',
    ];
    const server = await startProcess(
      installation.node,
      [...serverArguments(installation, dataDir), ...args],
      {
        env,
        output: { file: path.join(logsDir, 'server-output.log') },
      },
    );
    if (
      !(await waitUntil(
        () => answers(claim.port),
        60_000,
        () => !server.running,
      ))
    ) {
      await server.kill();
      throw new Error(`The VS Code server did not start; its output is in ${logsDir}.`);
    }
    return {
      version: installation.version,
      port: claim.port,
      logsDir,
      url: (page) => pageUrl(claim.port, page),
      stop: async ({ keepLogsIn } = {}) => {
        await server.stop(3000);
        if (keepLogsIn !== undefined) await cp(logsDir, keepLogsIn, { recursive: true });
        await giveBack();
      },
    };
  } catch (error) {
    await giveBack();
    throw error;
  }
}

function serverArguments({ serverMain }: VscodeInstallation, dataDir: string): string[] {
  return [
    serverMain,
    '--accept-server-license-terms',
    '--telemetry-level',
    'off',
    '--server-data-dir',
    dataDir,
  ];
}

async function answers(port: number): Promise<boolean> {
  const probe = fetch(`http://127.0.0.1:${port}/version`, { signal: AbortSignal.timeout(2000) });
  return probe.then(
    (response) => response.ok,
    () => false,
  );
}

/** The `payload` is honoured by a built server only with `--enable-smoke-test-driver`. */
function pageUrl(port: number, { folder, developmentPath, testsPath }: WorkbenchPage): string {
  const remote = (file: string): string => `vscode-remote://127.0.0.1:${port}${file}`;
  const payload = [
    ...(developmentPath === undefined ? [] : [['extensionDevelopmentPath', remote(developmentPath)]]),
    ...(testsPath === undefined ? [] : [['extensionTestsPath', remote(testsPath)]]),
  ];
  const query = new URLSearchParams({
    folder,
    ...(payload.length > 0 ? { payload: JSON.stringify(payload) } : {}),
  });
  return `http://127.0.0.1:${port}/?${query.toString()}`;
}

/** Nothing on screen but what a picture or a test is about, and nothing that asks the network. */
const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.settings.enableNaturalLanguageSearch': false,
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'update.showReleaseNotes': false,
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'json.schemaDownload.enable': false,
  'npm.fetchOnlinePackageInfo': false,
};

async function writeSettings(
  dataDir: string,
  { userSettings, workspaceTrust = 'off' }: VscodeOptions,
): Promise<void> {
  const trust = {
    'security.workspace.trust.enabled': workspaceTrust === 'untrusted',
    'security.workspace.trust.startupPrompt': 'never',
    'security.workspace.trust.banner': 'never',
  };
  const text = JSON.stringify({ ...quietSettings, ...trust, ...userSettings }, undefined, 2);
  for (const place of ['User', 'Machine']) {
    await mkdir(path.join(dataDir, 'data', place), { recursive: true });
    await writeFile(path.join(dataDir, 'data', place, 'settings.json'), place === 'User' ? text : '{}');
  }
}
