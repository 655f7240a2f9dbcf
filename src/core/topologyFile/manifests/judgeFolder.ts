import { parseDocument } from '../document';
import type { FindingCode } from '../findingCodes';
import type { Finding } from '../finding';
import { severityOf } from '../finding';
import { RuleContext } from '../ruleContext';
import type { Rule } from '../ruleContext';
import { argumentRules } from '../rules/argumentRules';
import { bindingKeyRules } from '../rules/bindingKeyRules';
import { exchangeRules } from '../rules/exchangeRules';
import { fieldRules } from '../rules/fieldRules';
import { parameterRules } from '../rules/parameterRules';
import { policyRules } from '../rules/policyRules';
import { userRules } from '../rules/userRules';
import { freshBroker } from '../surroundings';
import type { Target } from '../target';
import { duplicateRules } from './duplicateRules';
import { durabilityRules } from './durabilityRules';
import { fileRules } from './fileRules';
import { kindSpecificRules } from './kindSpecificRules';
import { ManifestFindings } from './manifestFinding';
import type { FoundInManifest, ManifestFix, Report } from './manifestFinding';
import { plainValue } from './plainScalar';
import type { Source } from './definitionsText';
import type { BrokerGroup, ManifestFolder } from './manifestFolder';
import { brokerGroups } from './manifestFolder';
import { operatorRules } from './operatorRules';
import type { ManifestFile } from './readManifests';
import { referenceRules } from './referenceRules';
import { resourceReferenceRules } from './resourceReferenceRules';
import { shapeRules } from './shapeRules';
import { impliedNames } from './superStreams';
import { toDefinitions } from './toDefinitions';

/** The rules of definitions files that hold for what the operator declares as well. Where they do not, see operatorRules. */
const sharedRules: readonly Rule[] = [
  fieldRules,
  argumentRules,
  exchangeRules,
  bindingKeyRules,
  policyRules,
  parameterRules,
  userRules,
];

const judgements = new WeakMap<ManifestFolder, { target: Target | undefined; findings: ManifestFindings }>();

/** What is wrong with the files of a folder; kept for the last target asked for. */
function judgeFolder(folder: ManifestFolder, asked: Target | undefined): ManifestFindings {
  const known = judgements.get(folder);
  if (known && known.target === asked) return known.findings;
  const findings = new ManifestFindings();
  for (const { file, isPatch } of folder.files) {
    if (isPatch === true) continue;
    const report = findings.reporter(file);
    for (const { code, message, fix, ...at } of ownFindings(file)) report(code, at, message, fix);
  }
  const isWhole =
    folder.isComplete && folder.files.every(({ file, isPatch }) => isPatch === true || file.isWhole);
  for (const group of brokerGroups(folder)) judgeGroup(folder, group, asked, isWhole, findings);
  judgements.set(folder, { target: asked, findings });
  return findings;
}

/** The RabbitMQ a group of resources is judged for: the one asked for, else what the folder says, else the newest. */
export function targetOf(group: BrokerGroup | undefined, asked: Target | undefined): Target {
  return asked ?? group?.target ?? '4.3';
}

const ofFiles = new WeakMap<ManifestFile, readonly FoundInManifest[]>();

/** What is wrong with a file whatever stands beside it: found once for each version of the text. */
function ownFindings(file: ManifestFile): readonly FoundInManifest[] {
  const known = ofFiles.get(file);
  if (known) return known;
  const found: FoundInManifest[] = [];
  const report: Report = (code, { start, end }, message, fix) => {
    found.push({ code, start, end, message, fix });
  };
  fileRules(file, report);
  for (const resource of file.resources) {
    if (!resource.isWhole) continue;
    shapeRules(file, resource, report);
    kindSpecificRules(resource, report);
    durabilityRules(file, resource, report);
  }
  ofFiles.set(file, found);
  return found;
}

function judgeGroup(
  folder: ManifestFolder,
  group: BrokerGroup,
  asked: Target | undefined,
  isWhole: boolean,
  findings: ManifestFindings,
): void {
  const members = group.members.filter(({ resource }) => resource.isWhole);
  const definitions = toDefinitions(members);
  const document = parseDocument(definitions.text);
  // Nothing is concluded from what is not there: other folders and applications declare things as well.
  const context = new RuleContext(
    { ...view(document), isWhole: false },
    targetOf(group, asked),
    freshBroker,
    'operator',
  );
  for (const rule of sharedRules) rule(context);
  operatorRules(context);
  if (isWhole) referenceRules(context, impliedNames(members));
  const reporters = new Map<ManifestFile, Report>();
  const reportAt = (start: number, code: FindingCode, message: string): void => {
    const source = definitions.sourceAt(start);
    if (!source) return;
    let report = reporters.get(source.file);
    if (!report) reporters.set(source.file, (report = findings.reporter(source.file)));
    report(code, source, message, durableFix(code, source));
  };
  for (const { code, message, start } of context.found) reportAt(start, code, message);
  duplicateRules(context, folder, definitions, findings);
  if (isWhole) resourceReferenceRules(members, findings);
}

/** What must be durable and says that it is not. */
function durableFix(code: FindingCode, { file, start, end }: Source): ManifestFix | undefined {
  const isFalse = plainValue(file.text.slice(start, end)) === false;
  return code === 'refused/queue-not-created' && isFalse
    ? { title: 'Make It Durable', start, end, text: 'true' }
    : undefined;
}

/** The parts of a document that rules read; its getters must not be spread. */
function view(document: ReturnType<typeof parseDocument>): ReturnType<typeof parseDocument> {
  const { text, table, problems, isWhole, declarations, lines } = document;
  return {
    text,
    table,
    problems,
    isWhole,
    declarations,
    lines,
    get names() {
      return document.names;
    },
  };
}

/** A finding that has one right answer, and that answer. */
export interface FixedFinding {
  readonly finding: Finding;
  readonly fix: ManifestFix;
}

/** What helps against the findings that touch the part between two offsets. */
export function manifestFixes(
  folder: ManifestFolder,
  file: ManifestFile,
  start: number,
  end: number,
  target: Target | undefined,
): FixedFinding[] {
  return judgeFolder(folder, target)
    .of(file)
    .flatMap((found) =>
      found.fix && found.start <= end && start <= found.end
        ? [{ finding: toFinding(file, found), fix: found.fix }]
        : [],
    );
}

function toFinding(file: ManifestFile, { code, message, start, end }: FoundInManifest): Finding {
  return { code, severity: severityOf(code), message, range: file.lines.range(start, end) };
}

export interface ManifestDiagnosticOptions {
  readonly target?: Target | undefined;
  /** The most findings to return. */
  readonly limit?: number | undefined;
}

/** The findings of one file of a folder, in the order of the file. */
export function manifestDiagnostics(
  folder: ManifestFolder,
  file: ManifestFile,
  options: ManifestDiagnosticOptions = {},
): Finding[] {
  const found = judgeFolder(folder, options.target).of(file);
  return found.slice(0, options.limit ?? found.length).map((one) => toFinding(file, one));
}
