import type { Finding } from '../finding';
import { gradedManifest } from './gradeManifest';
import type { Grading } from '../grading';
import type { ManifestDiagnosticOptions } from './judgeFolder';
import { manifestDiagnostics } from './judgeFolder';
import type { ManifestFolder } from './manifestFolder';
import type { ManifestFile } from './readManifests';
import { parseManifests } from './readManifests';

/**
 * The language service for manifests of RabbitMQ's topology operator. A text is parsed once; what is asked about a
 * file is asked with the folder it is in. Nothing here throws, whatever the text.
 */
export interface ManifestService {
  parse(text: string): ManifestFile;
  diagnostics(folder: ManifestFolder, file: ManifestFile, options?: ManifestDiagnosticOptions): Finding[];
  graded(findings: readonly Finding[], file: ManifestFile, gradings: readonly Grading[]): Finding[];
}

export function createManifestService(): ManifestService {
  return { parse: parseManifests, diagnostics: manifestDiagnostics, graded: gradedManifest };
}
