/** What `.proto` files declare, as far as reading needs it. Messages and enums by full name, without leading dot. */
export interface ProtoTypes {
  readonly messages: ReadonlyMap<string, ProtoMessage>;
  readonly enums: ReadonlyMap<string, ProtoEnum>;
}

export interface ProtoMessage {
  readonly name: string;
  readonly fields: Map<number, ProtoField>;
}

export interface ProtoEnum {
  readonly name: string;
  /** The first name of each number. */
  readonly values: Map<number, string>;
}

export interface ProtoField {
  readonly name: string;
  readonly repeated: boolean;
  /** As written: a scalar type, or the name of a message or an enum, to be looked up from the message outwards. */
  readonly type: string;
  /** The key's type where it is a map; `type` is then the value's. */
  readonly mapKey?: string;
}

export const scalarTypes = [
  ...(['double', 'float', 'int32', 'int64', 'uint32', 'uint64', 'sint32', 'sint64'] as const),
  ...(['fixed32', 'fixed64', 'sfixed32', 'sfixed64', 'bool', 'string', 'bytes'] as const),
];

export type ScalarType = (typeof scalarTypes)[number];

export type ResolvedType =
  | { readonly kind: 'scalar'; readonly scalar: ScalarType }
  | { readonly kind: 'message'; readonly message: ProtoMessage }
  | { readonly kind: 'enum'; readonly enum: ProtoEnum };

/** Innermost scope first, as protoc does it; `undefined` where no file declares it. */
export function resolveType(types: ProtoTypes, written: string, scope: string): ResolvedType | undefined {
  const scalar = scalarTypes.find((type) => type === written);
  if (scalar !== undefined) return { kind: 'scalar', scalar };
  const isAbsolute = written.startsWith('.');
  const wanted = isAbsolute ? written.slice(1) : written;
  for (let around = isAbsolute ? '' : scope; ; around = outer(around)) {
    const name = around === '' ? wanted : `${around}.${wanted}`;
    const message = types.messages.get(name);
    if (message !== undefined) return { kind: 'message', message };
    const found = types.enums.get(name);
    if (found !== undefined) return { kind: 'enum', enum: found };
    if (around === '') return undefined;
  }
}

function outer(scope: string): string {
  return scope.slice(0, Math.max(0, scope.lastIndexOf('.')));
}
