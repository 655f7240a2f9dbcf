import { bytesFromBase64 } from '../base64';
import { utf8Text } from '../../base/bytes';
import { isCharset } from './charset';

export type Coding = 'gzip' | 'deflate' | 'br' | 'zstd';

/** What came out of compressed bytes, which may be their beginning only. */
export interface Expanded {
  readonly bytes: Uint8Array;
  /** It would have been more than was allowed. */
  readonly stopped: boolean;
  /** Why there is not more, a clause for people: the data are damaged or end early. */
  readonly problem?: string;
}

/** Decompression, which the pure core does not have. At most `most` bytes come out; never rejects. */
export type Expand = (coding: Coding, bytes: Uint8Array, most: number) => Promise<Expanded>;

/** A body without the codings of its transport. */
export interface Uncoded {
  readonly bytes: Uint8Array;
  /** What was undone, in words, outermost first. */
  readonly steps: readonly string[];
  /** The bytes are only the beginning. */
  readonly partial: boolean;
  readonly problem?: string;
  /** Of a `content-encoding` that names a character set, as some publishers use it. */
  readonly charset?: string;
}

/** Most that one body may grow to: a few kilobytes can claim to be terabytes. */
export const mostExpanded = 64 * 1024 * 1024;
/** Nobody compresses more often than this. */
const mostCodings = 4;
const synonyms: Readonly<Record<string, Coding | 'base64'>> = {
  gzip: 'gzip',
  'x-gzip': 'gzip',
  deflate: 'deflate',
  br: 'br',
  brotli: 'br',
  zstd: 'zstd',
  base64: 'base64',
};
const plain = ['', 'identity', 'binary', '7bit', '8bit', 'none'];

/** Undoes what `content-encoding` says, last coding first, and then what the first bytes give away. */
export async function undoCodings(
  body: Uint8Array,
  contentEncoding: string | undefined,
  expand: Expand,
): Promise<Uncoded> {
  const named = (contentEncoding ?? '').split(',').map((word) => word.trim().toLowerCase());
  const codings = named.filter((word) => !plain.includes(word)).reverse();
  let bytes = body;
  let charset: string | undefined;
  const steps: string[] = [];
  const end = (problem?: string, partial = false): Uncoded => ({
    bytes,
    steps,
    partial,
    ...(problem !== undefined && { problem }),
    ...(charset !== undefined && { charset }),
  });
  if (codings.length > mostCodings) return end(`The content encoding names ${codings.length} codings.`);
  for (const word of codings) {
    const coding = Object.hasOwn(synonyms, word) ? synonyms[word] : undefined;
    if (coding === undefined) {
      if (!isCharset(word)) return end(`The content encoding "${word.slice(0, 40)}" is not known here.`);
      charset = word;
      continue;
    }
    const step = await undo(coding, bytes, expand);
    if (step.bytes.length === 0 && step.problem !== undefined)
      return end(`The content encoding says ${word}, but the body is not ${word}: ${step.problem}.`);
    bytes = step.bytes;
    steps.push(coding);
    const problem = problemOf(coding, step);
    if (problem !== undefined) return end(problem, true);
  }
  for (
    let coding = byMagic(bytes);
    coding !== undefined && steps.length < mostCodings;
    coding = byMagic(bytes)
  ) {
    const step = await expand(coding, bytes, mostExpanded);
    // Bytes that only begin like compressed ones are left alone.
    if (step.bytes.length === 0 || (coding === 'deflate' && step.problem !== undefined)) break;
    bytes = step.bytes;
    steps.push(`${coding === 'deflate' ? 'zlib' : coding} (not declared)`);
    const problem = problemOf(coding, step);
    if (problem !== undefined) return end(problem, true);
  }
  return end();
}

async function undo(coding: Coding | 'base64', bytes: Uint8Array, expand: Expand): Promise<Expanded> {
  if (coding !== 'base64') return expand(coding, bytes, mostExpanded);
  const decoded = bytesFromBase64(utf8Text(bytes) ?? '-');
  return decoded === undefined
    ? { bytes: new Uint8Array(), stopped: false, problem: 'it has other characters' }
    : { bytes: decoded, stopped: false };
}

function problemOf(coding: string, { stopped, problem }: Expanded): string | undefined {
  const most = `${mostExpanded / 1024 / 1024} MiB`;
  if (stopped) return `Decompressed, the body is larger than ${most}: only its beginning was decompressed.`;
  return problem === undefined
    ? undefined
    : `Only the beginning could be decompressed (${coding}: ${problem}).`;
}

function byMagic(bytes: Uint8Array): Coding | undefined {
  const [first = 0, second = 0, third = 0, fourth = 0] = bytes;
  if (first === 0x1f && second === 0x8b && third === 0x08) return 'gzip';
  if (first === 0x28 && second === 0xb5 && third === 0x2f && fourth === 0xfd) return 'zstd';
  // The zlib header: deflate with a 32 KiB window, and a check that one in 31 other texts would pass too.
  const isZlib = first === 0x78 && [0x01, 0x5e, 0x9c, 0xda].includes(second) && bytes.length > 8;
  return isZlib ? 'deflate' : undefined;
}
