import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { Failure } from '../core/base/failure';

/** A text file on this machine that is written from beginning to end. Every method rejects with a Failure in words. */
export class OutputFile {
  private written = 0;

  private constructor(
    private readonly path: string,
    private readonly handle: FileHandle,
    /** Where it grows until it is complete; missing where it grows in its place. */
    private readonly temporary: string | undefined,
  ) {}

  /** A file that can be read while it grows, and stays when the process dies. */
  static growing(path: string): Promise<OutputFile> {
    return attempt(path, async () => new OutputFile(path, await open(path, 'w'), undefined));
  }

  /** A file that appears, or takes the place of another one, when it is complete. */
  static whole(path: string): Promise<OutputFile> {
    const temporary = `${path}.${randomUUID().slice(0, 8)}.part`;
    return attempt(path, async () => new OutputFile(path, await open(temporary, 'wx'), temporary));
  }

  get bytes(): number {
    return this.written;
  }

  /** Resolves when the text has been handed to the system: waiting for it is the back-pressure. */
  async write(text: string): Promise<void> {
    const bytes = Buffer.from(text, 'utf8');
    await attempt(this.path, () => this.handle.appendFile(bytes));
    this.written += bytes.length;
  }

  /** Makes sure that it is on the disk, and closes it. */
  async finish(): Promise<void> {
    await attempt(this.path, async () => {
      await this.handle.sync();
      await this.handle.close();
      if (this.temporary !== undefined) await rename(this.temporary, this.path);
    });
  }

  /** Leaves nothing of an incomplete file, and what stood in its place as it was. Never rejects. */
  async abandon(): Promise<void> {
    await this.handle.close().catch(() => undefined);
    if (this.temporary !== undefined) await rm(this.temporary, { force: true }).catch(() => undefined);
  }
}

async function attempt<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    throw fileFailure('write', path, thrown);
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'you may not do that there',
  EPERM: 'you may not do that there',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your quota on that disk is used up',
  ENOENT: 'there is no such file or folder',
  EISDIR: 'it is a folder',
  EFBIG: 'the file would be too large',
};

/** What Node says of a file, in words. */
export function fileFailure(verb: 'read' | 'write', path: string, thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  const { code = '', message } = thrown as NodeJS.ErrnoException;
  const why = reasons[code] ?? `the system says ${code === '' ? message : code}`;
  return new Failure(code === 'ENOENT' ? 'notFound' : 'refused', `Could not ${verb} ${path}: ${why}.`, {
    detail: message,
  });
}
