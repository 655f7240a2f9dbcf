import type { CommandOutcome } from './broker/planCommand';
import { createTopologyFileService } from '../core/topologyFile/service';
import { createManifestService } from '../core/topologyFile/manifests/service';
import { findingCodes } from '../core/topologyFile/findingCodes';
import { checkFiles } from './check/checkFiles';
import { checkRouteFiles, routeCodes } from './check/checkRouteFiles';
import { formatFindings } from './check/formats';
import type { PlacedFinding } from './check/placedFinding';
import { explain } from './check/ruleTexts';
import type { CodeTexts, RulePages } from './check/ruleTexts';
import { findFiles } from './check/findFiles';
import { ignoreListName } from '../core/topologyFile/ignoreList';
import { formats, parseArguments, severities } from './check/options';
import type { CheckOptions, Format, RoutesOptions } from './check/options';
import { targets } from '../core/topologyFile/target';

/** Put in by the build: the single-file command line has no package.json beside it. */
declare const AMQP_WORKBENCH_VERSION: string;
declare const AMQP_WORKBENCH_RULE_PAGES: RulePages;

const help = `Checks RabbitMQ definitions files and topology operator manifests; only plan and export ask a broker.

  check FILE|FOLDER|GLOB... [--format ${formats.join('|')}] [--target ${targets.join('|')}]
                            [--severity ${severities.join('|')}] [--ignore-list FILE]

  routes FILE... [--format ...] [--target ...]
  plan FILE --broker URI [--vhost NAME] [--format text|json] [--target ...]
  export --broker URI [--vhost NAME]
  explain [CODE]

check: A file that is named is checked whatever it is; of a folder or a glob, what is a topology file by name or content.
Manifests (YAML, apiVersion rabbitmq.com/...) are resolved together with the others of their folder.
Without --target each file is judged for the RabbitMQ it was exported from, manifests for that of their RabbitmqCluster
in the folder, else for ${targets.at(-1) ?? ''}.
--severity is the least that is reported. What ${ignoreListName} beside a file or above it switches off or grades
otherwise counts; --ignore-list names another such file for all.
routes: checks assertions about where messages go; shop.routes.json is about shop.definitions.json beside it.
plan: what an import of the file into that broker would do, object by object; nothing is changed. The address is amqp://,
amqps:// or that of the management API, http:// or https://; --vhost is where a file without virtual hosts goes. The
exit code is 1 where something would be refused or left as it is.
export: what a broker has as a definitions file, in an order that git can compare, without password hashes.
The password is taken from the address, else from the environment variable AMQP_PASSWORD.
explain: the page about a code such as refused/comment; without one, all codes.
Exit code: 0 no errors, 1 errors found, 2 a path could not be read, or an option or a code is wrong.
`;

/** What talks to brokers is loaded only for the commands that do: a commit hook should not wait for it. */
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
    case 'routes':
      return await routes(parsed.options);
    case 'plan':
      return written(await (await import('./broker/planCommand')).planCommand(parsed.options));
    case 'export':
      return written(await (await import('./broker/exportCommand')).exportCommand(parsed.options));
    case 'explain':
      return explained(parsed.code);
  }
}

async function check(options: CheckOptions): Promise<number> {
  const { files, problems } = await findFiles(options.paths);
  const outcome = await checkFiles(createTopologyFileService(), createManifestService(), {
    ...options,
    files,
  });
  const { findings, filesChecked } = outcome;
  const errors = errorsIn(findings);
  const summary = `${counted(filesChecked, 'file')} checked, ${counted(errors, 'error')}, ${counted(findings.length - errors, 'other')}.`;
  return finish(options.format, findings, findingCodes, [...problems, ...outcome.problems], summary);
}

async function routes({ files, target, format }: RoutesOptions): Promise<number> {
  const { findings, problems, holding } = await checkRouteFiles(createTopologyFileService(), files, target);
  const errors = errorsIn(findings);
  const summary = `${counted(holding, 'assertion')} kept, ${counted(errors, 'error')}, ${findings.length - errors} unknown.`;
  return finish(format, findings, routeCodes, problems, summary);
}

function written({ out, error, code }: CommandOutcome): number {
  process.stdout.write(out);
  process.stderr.write(error);
  return code;
}

function explained(code: string | undefined): number {
  const { text, problem } = explain(code, { ...findingCodes, ...routeCodes }, AMQP_WORKBENCH_RULE_PAGES);
  if (problem === undefined) process.stdout.write(text);
  else process.stderr.write(`${problem}\n`);
  return problem === undefined ? 0 : 2;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function errorsIn(findings: readonly PlacedFinding[]): number {
  return findings.filter(({ severity }) => severity === 'error').length;
}

/** Writes the findings, then what could not be done; returns the exit code. */
function finish(
  format: Format,
  findings: readonly PlacedFinding[],
  texts: CodeTexts,
  problems: readonly string[],
  summary: string,
): number {
  process.stdout.write(
    formatFindings(format, findings, texts, AMQP_WORKBENCH_RULE_PAGES, AMQP_WORKBENCH_VERSION),
  );
  for (const sentence of problems) process.stderr.write(`${sentence}\n`);
  if (format === 'text') process.stderr.write(`${summary}\n`);
  if (problems.length > 0) return 2;
  return errorsIn(findings) > 0 ? 1 : 0;
}

// A reader that closes the pipe early (head) is no failure of ours.
process.stdout.on('error', () => process.exit());
void main().then((code) => {
  // Not process.exit: it would cut off what is still on its way into a pipe.
  process.exitCode = code;
});
