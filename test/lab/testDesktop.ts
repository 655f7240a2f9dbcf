// The host ring in a desktop VS Code: npm run test:desktop. It downloads VS Code, which needs the internet and a display.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { inRepository, repository } from './paths';
import { wordsOf } from './say';
import { temporaryFolder } from './temporaryFolder';

async function main(): Promise<number> {
  const folder = temporaryFolder('desktop');
  for (const trust of ['trusted', 'untrusted'] as const) {
    console.log(`desktop (${trust})`);
    const data = path.join(folder.path, trust);
    await mkdir(path.join(data, 'User'), { recursive: true });
    // A question about trust would wait for an answer that nobody gives.
    const settings = { 'security.workspace.trust.startupPrompt': 'never' };
    await writeFile(path.join(data, 'User', 'settings.json'), JSON.stringify(settings));
    await runTests({
      extensionDevelopmentPath: repository,
      extensionTestsPath: inRepository('out', 'lab', 'hostSuite.js'),
      extensionTestsEnv: { AMQP_WORKBENCH_RING: `host (${trust})`, AMQP_WORKBENCH_TRUST: trust },
      launchArgs: [
        folder.path,
        `--user-data-dir=${data}`,
        ...(trust === 'trusted' ? ['--disable-workspace-trust'] : []),
        '--skip-welcome',
        '--disable-telemetry',
      ],
    });
  }
  await folder.remove();
  return 0;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.log(wordsOf(error));
    process.exit(1);
  },
);
