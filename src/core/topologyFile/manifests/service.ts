import type { Completions } from '../completion/item';
import type { Finding, Position } from '../finding';
import type { Hover } from '../hover';
import type { RenameRefusal } from '../rename';
import type { Target } from '../target';
import { manifestCompletions } from './manifestCompletion';
import { manifestHover } from './manifestHover';
import type { ManifestLocation } from './manifestNames';
import { manifestReferences } from './manifestNames';
import type { ManifestOutlineItem } from './manifestOutline';
import { manifestOutline } from './manifestOutline';
import type { ManifestEdit, ManifestRenameStart } from './manifestRename';
import { prepareManifestRename, renameInManifests } from './manifestRename';
import { gradedManifest } from './gradeManifest';
import type { Grading } from '../grading';
import type { FixedFinding, ManifestDiagnosticOptions } from './judgeFolder';
import { manifestDiagnostics, manifestFixes, targetOf } from './judgeFolder';
import type { ManifestFolder } from './manifestFolder';
import { brokerGroups } from './manifestFolder';
import type { ManifestFile } from './readManifests';
import { parseManifests } from './readManifests';

/**
 * The language service for manifests of RabbitMQ's topology operator. A text is parsed once; what is asked about a
 * file is asked with the folder it is in. Nothing here throws, whatever the text.
 */
export interface ManifestService {
  parse(text: string): ManifestFile;
  diagnostics(folder: ManifestFolder, file: ManifestFile, options?: ManifestDiagnosticOptions): Finding[];
  hover(file: ManifestFile, position: Position, target: Target): Hover | undefined;
  completions(folder: ManifestFolder, file: ManifestFile, position: Position, target: Target): Completions;
  outline(file: ManifestFile): ManifestOutlineItem[];
  /** All places of the name at the cursor in the folder, its declarations among them. */
  references(folder: ManifestFolder, file: ManifestFile, position: Position): ManifestLocation[];
  prepareRename(
    folder: ManifestFolder,
    file: ManifestFile,
    position: Position,
  ): ManifestRenameStart | RenameRefusal;
  /** In every file of the folder. */
  rename(
    folder: ManifestFolder,
    file: ManifestFile,
    position: Position,
    newName: string,
  ): readonly ManifestEdit[] | RenameRefusal;
  /** For the findings between two offsets: what has one right answer. */
  fixes(
    folder: ManifestFolder,
    file: ManifestFile,
    start: number,
    end: number,
    target: Target | undefined,
  ): FixedFinding[];
  /** The RabbitMQ that a folder is for, where nobody asks for another one. */
  target(folder: ManifestFolder, asked: Target | undefined): Target;
  graded(findings: readonly Finding[], file: ManifestFile, gradings: readonly Grading[]): Finding[];
}

export function createManifestService(): ManifestService {
  return {
    parse: parseManifests,
    diagnostics: manifestDiagnostics,
    hover: manifestHover,
    completions: manifestCompletions,
    outline: manifestOutline,
    references: manifestReferences,
    prepareRename: prepareManifestRename,
    rename: renameInManifests,
    fixes: manifestFixes,
    target: (folder, asked) => targetOf(brokerGroups(folder)[0], asked),
    graded: gradedManifest,
  };
}
