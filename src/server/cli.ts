import { createTopologyFileService } from '../core/topologyFile/service';
import { checkFiles } from './check/checkFiles';
import { formatFindings } from './check/formats';
import { findFiles } from './check/findFiles';
import { ignoreListName } from './check/ignoreLists';
import { formats, parseArguments, severities } from './check/options';
import type { CheckOptions } from './check/options';
import { targets } from '../core/topologyFile/target';

/** Put in by the build: the single-file command line has no package.json beside it. */
declare const AMQP_WORKBENCH_VERSION: string;

const help = `Checks RabbitMQ definitions files without a broker.

  check FILE|FOLDER|GLOB... [--format ${formats.join('|')}] [--target ${targets.join('|')}]
                            [--severity ${severities.join('|')}] [--ignore-list FILE]

A file that is named is checked whatever it is; of a folder or a glob, what is a topology file by name or content.
Without --target each file is judged for the RabbitMQ it was exported from, else for ${targets.at(-1) ?? ''}.
--severity is the least that is reported. What ${ignoreListName} beside a file or above it switches off or grades
otherwise counts; --ignore-list names another such file for all.
Exit code: 0 no errors, 1 errors found, 2 a path could not be read or an option is wrong.
`;

async function main(): Promise<number> {
  const parsed = parseArguments(process.argv.slice(2));
  switch (parsed.kind) {
    case 'help':
      process.stdout.write(help);
      return 0;
    case 'version':
      process.stdout.write(`${AMQP_WORKBENCH_VERSION}\n`);
      return 0;
    case 'mistake':
      process.stderr.write(`${parsed.message}\n\n${help}`);
      return 2;
    case 'check':
      return await check(parsed.options);
  }
}

async function check(options: CheckOptions): Promise<number> {
  const { files, problems } = await findFiles(options.paths);
  const outcome = await checkFiles(createTopologyFileService(), { ...options, files });
  const { findings, filesChecked } = outcome;
  const unusable = [...problems, ...outcome.problems];
  process.stdout.write(formatFindings(options.format, findings, AMQP_WORKBENCH_VERSION));
  for (const sentence of unusable) process.stderr.write(`${sentence}\n`);
  const errors = findings.filter(({ finding }) => finding.severity === 'error').length;
  if (options.format === 'text') {
    process.stderr.write(
      `${filesChecked} files checked, ${errors} errors, ${findings.length - errors} others.\n`,
    );
  }
  if (unusable.length > 0) return 2;
  return errors > 0 ? 1 : 0;
}

// A reader that closes the pipe early (head) is no failure of ours.
process.stdout.on('error', () => process.exit());
void main().then((code) => {
  // Not process.exit: it would cut off what is still on its way into a pipe.
  process.exitCode = code;
});
