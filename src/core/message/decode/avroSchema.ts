/** An Avro schema as the reader needs it. Named types are referred to by full name, so that they may recurse. */
export type AvroType =
  | { readonly kind: 'null' | 'boolean' | 'int' | 'float' | 'double' | 'string' }
  | { readonly kind: 'long'; readonly unit?: 'millis' | 'micros' | 'nanos' }
  | { readonly kind: 'bytes'; readonly scale?: number }
  | { readonly kind: 'fixed'; readonly name: string; readonly size: number; readonly scale?: number }
  | { readonly kind: 'record'; readonly name: string; readonly fields: readonly AvroField[] }
  | { readonly kind: 'enum'; readonly name: string; readonly symbols: readonly string[] }
  | { readonly kind: 'array' | 'map'; readonly of: AvroType }
  | { readonly kind: 'union'; readonly branches: readonly AvroType[] }
  | { readonly kind: 'ref'; readonly name: string };

export interface AvroField {
  readonly name: string;
  readonly type: AvroType;
}

/** Types by full name, from one or more files. */
export type AvroNames = ReadonlyMap<string, AvroType>;

const deepest = 50;
const primitives = ['null', 'boolean', 'int', 'float', 'double', 'string', 'long', 'bytes'] as const;

/** Reads a schema and adds its named types to `names`, or says what is wrong with it as a clause. */
export function readAvroSchema(
  json: string,
  names: Map<string, AvroType>,
): { readonly type: AvroType } | { readonly problem: string } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch (thrown) {
    return { problem: `is not JSON (${thrown instanceof Error ? thrown.message : 'unreadable'})` };
  }
  try {
    return { type: readType(parsed, '', names, 0) };
  } catch (thrown) {
    if (thrown instanceof Unusable) return { problem: thrown.message };
    throw thrown;
  }
}

/** Stays inside this file. */
class Unusable extends Error {}

function readType(json: unknown, namespace: string, names: Map<string, AvroType>, depth: number): AvroType {
  if (depth > deepest) throw new Unusable(`is nested deeper than ${String(deepest)} levels`);
  if (typeof json === 'string') return named(json, namespace);
  if (Array.isArray(json)) {
    return { kind: 'union', branches: json.map((branch) => readType(branch, namespace, names, depth + 1)) };
  }
  if (typeof json !== 'object' || json === null)
    throw new Unusable('has a type that is neither a name nor an object');
  const schema = json as Readonly<Record<string, unknown>>;
  const kind = schema['type'];
  switch (kind) {
    case 'record':
    case 'error':
      return readRecord(schema, namespace, names, depth);
    case 'enum': {
      const name = fullName(schema, namespace);
      const symbols = list(schema['symbols'], `the enum ${name} has no symbols`).map(String);
      return declare(names, { kind: 'enum', name, symbols });
    }
    case 'fixed': {
      const name = fullName(schema, namespace);
      const size = schema['size'];
      if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0)
        throw new Unusable(`has the fixed type ${name} without a size`);
      return declare(names, { kind: 'fixed', name, size, ...scaleOf(schema) });
    }
    case 'array':
      return { kind, of: readType(schema['items'], namespace, names, depth + 1) };
    case 'map':
      return { kind, of: readType(schema['values'], namespace, names, depth + 1) };
    case 'long': {
      const unit = /^(?:local-)?timestamp-(millis|micros|nanos)$/.exec(String(schema['logicalType']))?.[1];
      return unit === undefined ? { kind } : { kind, unit: unit as 'millis' | 'micros' | 'nanos' };
    }
    case 'bytes':
      return { kind, ...scaleOf(schema) };
    default:
      return readType(kind, namespace, names, depth + 1);
  }
}

function readRecord(
  schema: Readonly<Record<string, unknown>>,
  namespace: string,
  names: Map<string, AvroType>,
  depth: number,
): AvroType {
  const name = fullName(schema, namespace);
  const inner = name.includes('.') ? name.slice(0, name.lastIndexOf('.')) : '';
  const fields: AvroField[] = [];
  for (const field of list(schema['fields'], `has the record ${name} without fields`)) {
    if (typeof field !== 'object' || field === null)
      throw new Unusable(`has a field in ${name} that is no object`);
    const { name: fieldName, type } = field as { name?: unknown; type?: unknown };
    fields.push({ name: String(fieldName), type: readType(type, inner, names, depth + 1) });
  }
  return declare(names, { kind: 'record', name, fields });
}

function declare<T extends AvroType & { name: string }>(names: Map<string, AvroType>, type: T): T {
  names.set(type.name, type);
  return type;
}

function named(name: string, namespace: string): AvroType {
  const kind = primitives.find((primitive) => primitive === name);
  if (kind !== undefined) return { kind };
  return { kind: 'ref', name: name.includes('.') || namespace === '' ? name : `${namespace}.${name}` };
}

function fullName(schema: Readonly<Record<string, unknown>>, enclosing: string): string {
  const { name } = schema;
  if (typeof name !== 'string') throw new Unusable('has a named type without a name');
  if (name.includes('.')) return name;
  const namespace = typeof schema['namespace'] === 'string' ? schema['namespace'] : enclosing;
  return namespace === '' ? name : `${namespace}.${name}`;
}

/** The decimal logical type; a scale that no number has is left alone. */
function scaleOf(schema: Readonly<Record<string, unknown>>): { scale?: number } {
  if (schema['logicalType'] !== 'decimal') return {};
  const scale = schema['scale'] ?? 0;
  return typeof scale === 'number' && Number.isSafeInteger(scale) && scale >= 0 && scale <= 1000
    ? { scale }
    : {};
}

function list(value: unknown, problem: string): readonly unknown[] {
  if (Array.isArray(value)) return value as readonly unknown[];
  throw new Unusable(problem);
}
