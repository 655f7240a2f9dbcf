import { readAvroSchema } from './avroSchema';
import type { AvroType } from './avroSchema';
import { avroFingerprint } from './avroFingerprint';
import type { SchemaFile } from './decodingSetup';
import { readProtoFiles } from './protoFile';
import type { ReadProtoFiles } from './protoFile';

/** What a set of `.avsc` files declares. */
export interface AvroSet {
  readonly names: ReadonlyMap<string, AvroType>;
  /** The schema of each file, and its fingerprint for the single-object encoding, in hex. */
  readonly roots: readonly { readonly type: AvroType; readonly fingerprint: string }[];
  readonly problems: readonly string[];
}

/** Schemas by the files they stand in, read when a message first needs them. */
export class SchemaSets {
  private readonly texts: ReadonlyMap<string, string>;
  private readonly protobufs = new Map<string, ReadProtoFiles>();
  private readonly avros = new Map<string, AvroSet>();

  constructor(files: readonly SchemaFile[]) {
    this.texts = new Map(files.map(({ name, text }) => [name, text]));
  }

  protobuf(names: readonly string[]): ReadProtoFiles {
    const key = JSON.stringify(names);
    const known = this.protobufs.get(key) ?? readProtoFiles(this.files(names));
    this.protobufs.set(key, known);
    return known;
  }

  avro(names: readonly string[]): AvroSet {
    const key = JSON.stringify(names);
    const known = this.avros.get(key) ?? readAvroFiles(this.files(names));
    this.avros.set(key, known);
    return known;
  }

  private files(names: readonly string[]): SchemaFile[] {
    return names.flatMap((name) => {
      const text = this.texts.get(name);
      return text === undefined ? [] : [{ name, text }];
    });
  }
}

function readAvroFiles(files: readonly SchemaFile[]): AvroSet {
  const names = new Map<string, AvroType>();
  const roots: { type: AvroType; fingerprint: string }[] = [];
  const problems: string[] = [];
  for (const { name, text } of files) {
    const read = readAvroSchema(text, names);
    if ('problem' in read) problems.push(`${name} ${read.problem}.`);
    else roots.push({ type: read.type, fingerprint: avroFingerprint(text) });
  }
  return { names, roots, problems };
}
