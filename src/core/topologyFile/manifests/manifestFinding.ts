import type { FindingCode } from '../findingCodes';
import type { ManifestFile } from './readManifests';

/** A finding before its offsets became lines and characters. */
export interface FoundInManifest {
  readonly code: FindingCode;
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly fix?: ManifestFix | undefined;
}

/** The one right answer to a finding: a text in place of what is between two offsets. */
export interface ManifestFix {
  readonly title: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Takes what is found in one file. */
export type Report = (
  code: FindingCode,
  at: { readonly start: number; readonly end: number },
  message: string,
  fix?: ManifestFix,
) => void;

/** The findings of the files of one folder. */
export class ManifestFindings {
  private readonly byFile = new Map<ManifestFile, FoundInManifest[]>();

  /** In the order of the file. */
  of(file: ManifestFile): readonly FoundInManifest[] {
    const found = this.byFile.get(file) ?? [];
    return found.sort((a, b) => a.start - b.start || a.end - b.end);
  }

  reporter(file: ManifestFile): Report {
    return (code, { start, end }, message, fix) => {
      let found = this.byFile.get(file);
      if (!found) this.byFile.set(file, (found = []));
      found.push({ code, start, end, message, fix });
    };
  }
}
