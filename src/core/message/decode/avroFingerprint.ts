import { utf8Bytes } from '../../base/bytes';

const empty = 0xc15d213aa4d7a795n;
const kept = ['name', 'type', 'fields', 'symbols', 'items', 'values', 'size'] as const;

/**
 * The 64-bit Rabin fingerprint (CRC-64-AVRO) of a schema's Parsing Canonical Form, in hex as it stands on the wire,
 * least significant byte first (Avro specification, "Schema Fingerprints"). `json` has been read as a schema before.
 */
export function avroFingerprint(json: string): string {
  let crc = empty;
  for (const byte of utf8Bytes(canonical(JSON.parse(json), ''))) {
    crc = (crc >> 8n) ^ (table[Number((crc ^ BigInt(byte)) & 0xffn)] ?? 0n);
  }
  const hex = crc.toString(16).padStart(16, '0');
  return (hex.match(/../g) ?? []).reverse().join('');
}

const table: readonly bigint[] = Array.from({ length: 256 }, (_, index) => {
  let value = BigInt(index);
  for (let bit = 0; bit < 8; bit++) value = (value >> 1n) ^ (empty & -(value & 1n));
  return value;
});

const primitive = /^(?:null|boolean|int|long|float|double|bytes|string)$/;

/** Only what matters to reading, in a fixed order and without white space, with full names. */
function canonical(schema: unknown, namespace: string): string {
  if (typeof schema === 'string') return JSON.stringify(qualified(schema, namespace));
  if (Array.isArray(schema)) return `[${schema.map((branch) => canonical(branch, namespace)).join(',')}]`;
  if (typeof schema !== 'object' || schema === null) return JSON.stringify(schema);
  const object = schema as Readonly<Record<string, unknown>>;
  const { type } = object;
  if (typeof type === 'string' && primitive.test(type)) return JSON.stringify(type);
  if (typeof type === 'object') return canonical(type, namespace);
  const name =
    typeof object['name'] === 'string' ? fullName(object['name'], object['namespace'], namespace) : undefined;
  const inner = name === undefined ? namespace : name.slice(0, Math.max(0, name.lastIndexOf('.')));
  const parts = kept.flatMap((key) => {
    const value = object[key];
    if (value === undefined) return [];
    return [`${JSON.stringify(key)}:${key === 'name' ? JSON.stringify(name) : part(key, value, inner)}`];
  });
  return `{${parts.join(',')}}`;
}

function part(key: (typeof kept)[number], value: unknown, namespace: string): string {
  if (key === 'items' || key === 'values') return canonical(value, namespace);
  if (key === 'fields' && Array.isArray(value))
    return `[${value.map((each) => field(each, namespace)).join(',')}]`;
  return JSON.stringify(value);
}

function field(value: unknown, namespace: string): string {
  const { name, type } = value as { name?: unknown; type?: unknown };
  return `{"name":${JSON.stringify(name)},"type":${canonical(type, namespace)}}`;
}

function qualified(name: string, namespace: string): string {
  return primitive.test(name) || name.includes('.') || namespace === '' ? name : `${namespace}.${name}`;
}

function fullName(name: string, own: unknown, enclosing: string): string {
  return qualified(name, typeof own === 'string' ? own : enclosing);
}
