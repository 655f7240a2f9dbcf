import { ProtoTokens } from './protoTokens';
import type { ProtoEnum, ProtoField, ProtoMessage, ProtoTypes } from './protoTypes';

export interface ProtoSource {
  /** For problems: the path as the user knows it. */
  readonly name: string;
  readonly text: string;
}

export interface ReadProtoFiles {
  readonly types: ProtoTypes;
  /** Messages in the order of their declaration that are not inside others, without those that we bring along. */
  readonly topLevel: readonly string[];
  /** What could not be understood, a sentence each; the rest of that file is left out. */
  readonly problems: readonly string[];
}

const deepest = 50;

/**
 * Reads `.proto` files of proto2, proto3 and editions as far as it takes to read messages: options, services and
 * reserved ranges are passed over. Imports are not followed: all files of a set are read together, and the well-known
 * types of Google, which nobody keeps in the workspace, are always there.
 */
export function readProtoFiles(files: readonly ProtoSource[]): ReadProtoFiles {
  const reading = new Reading();
  reading.file({ name: 'google/protobuf', text: wellKnown });
  reading.topLevel.length = 0;
  for (const file of files) reading.file(file);
  return { types: reading, topLevel: reading.topLevel, problems: reading.problems };
}

/** Stays inside this file. */
class Unexpected extends Error {}

class Reading implements ProtoTypes {
  readonly messages = new Map<string, ProtoMessage>();
  readonly enums = new Map<string, ProtoEnum>();
  readonly topLevel: string[] = [];
  readonly problems: string[] = [];
  private tokens = new ProtoTokens('');

  file({ name, text }: ProtoSource): void {
    this.tokens = new ProtoTokens(text);
    try {
      this.declarations();
    } catch (thrown) {
      if (!(thrown instanceof Unexpected)) throw thrown;
      this.problems.push(`${name}, line ${this.tokens.line()}: ${thrown.message}.`);
    }
  }

  private declarations(): void {
    const { tokens } = this;
    let scope = '';
    while (tokens.peek() !== '') {
      if (tokens.take('package')) {
        scope = tokens.next();
        this.expect(';');
      } else if (tokens.take('message')) this.topLevel.push(this.message(scope, 0));
      else if (tokens.take('enum')) this.enumeration(scope);
      else if (tokens.take('extend')) this.extension(scope, 0);
      else if (!tokens.take(';')) tokens.skipStatement();
    }
  }

  private message(scope: string, depth: number): string {
    const name = join(scope, this.identifier());
    this.body(name, depth);
    return name;
  }

  private body(name: string, depth: number): void {
    if (depth > deepest) throw new Unexpected(`messages are nested deeper than ${String(deepest)} levels`);
    const message: ProtoMessage = { name, fields: new Map() };
    this.messages.set(name, message);
    this.expect('{');
    this.members(message, name, depth);
  }

  /** Up to the closing brace. Fields of a oneof belong to the message around it. */
  private members(message: ProtoMessage, scope: string, depth: number): void {
    const { tokens } = this;
    while (!tokens.take('}')) {
      if (tokens.peek() === '') throw new Unexpected(`"}" is missing at the end of ${message.name}`);
      const word = tokens.next();
      // A field may have a type that is called like a keyword: what follows tells.
      if (word === 'message') this.message(scope, depth + 1);
      else if (word === 'enum') this.enumeration(scope);
      else if (word === 'extend') this.extension(scope, depth);
      else if (word === 'oneof') this.oneof(message, scope, depth);
      else if (word === 'option' || word === 'reserved' || word === 'extensions') tokens.skipStatement();
      else if (word !== ';') this.field(word, message, scope, depth);
    }
  }

  private oneof(message: ProtoMessage, scope: string, depth: number): void {
    if (depth > deepest) throw new Unexpected(`oneofs are nested deeper than ${String(deepest)} levels`);
    this.identifier();
    this.expect('{');
    this.members(message, scope, depth + 1);
  }

  private field(first: string, message: ProtoMessage, scope: string, depth: number): void {
    const { tokens } = this;
    const isLabel = first === 'optional' || first === 'required' || first === 'repeated';
    const type = isLabel ? tokens.next() : first;
    const repeated = first === 'repeated';
    if (type === 'map' && tokens.take('<')) {
      const mapKey = this.identifier();
      this.expect(',');
      const valueType = this.identifier();
      this.expect('>');
      this.addField(message, { repeated: true, type: valueType, mapKey });
      tokens.skipOptions();
    } else if (type === 'group') {
      const name = this.identifier();
      this.expect('=');
      message.fields.set(this.number(), { name: name.toLowerCase(), repeated, type: name });
      if (tokens.take('[')) while (!tokens.take(']') && tokens.next() !== '');
      this.body(join(scope, name), depth + 1);
    } else {
      if (!isName(type))
        throw new Unexpected(`expected a field, found ${type === '' ? 'the end' : type.slice(0, 40)}`);
      this.addField(message, { repeated, type });
      tokens.skipOptions();
    }
  }

  private addField(message: ProtoMessage, rest: Omit<ProtoField, 'name'>): void {
    const name = this.identifier();
    this.expect('=');
    message.fields.set(this.number(), { name, ...rest });
  }

  private enumeration(scope: string): void {
    const { tokens } = this;
    const name = join(scope, this.identifier());
    const values = new Map<number, string>();
    this.enums.set(name, { name, values });
    this.expect('{');
    while (!tokens.take('}')) {
      const word = tokens.next();
      if (word === '') throw new Unexpected(`"}" is missing at the end of ${name}`);
      if (word === ';') continue;
      if (!tokens.take('=')) {
        // An option or a reserved range.
        tokens.skipStatement();
        continue;
      }
      const sign = tokens.take('-') ? -1 : 1;
      const value = sign * this.number();
      if (!values.has(value)) values.set(value, word);
      tokens.skipOptions();
    }
  }

  /** Its fields belong to the message it names, where that is declared before it; else they are passed over. */
  private extension(scope: string, depth: number): void {
    const name = this.identifier();
    this.expect('{');
    const message = this.messages.get(join(scope, name)) ?? this.messages.get(name.replace(/^\./, ''));
    this.members(message ?? { name, fields: new Map() }, scope, depth);
  }

  private identifier(): string {
    const token = this.tokens.next();
    if (isName(token)) return token;
    throw new Unexpected(`expected a name, found ${token === '' ? 'the end' : token.slice(0, 40)}`);
  }

  private number(): number {
    const token = this.tokens.next();
    const value = /^(?:0x[0-9a-f]{1,8}|\d{1,10})$/i.test(token) ? Number(token) : Number.NaN;
    if (Number.isNaN(value))
      throw new Unexpected(`expected a number, found ${token === '' ? 'the end' : token.slice(0, 40)}`);
    return value;
  }

  private expect(token: string): void {
    const found = this.tokens.next();
    if (found === token) return;
    throw new Unexpected(`expected "${token}", found ${found === '' ? 'the end' : found.slice(0, 40)}`);
  }
}

function isName(token: string): boolean {
  return /^[A-Za-z_.][\w.]*$/.test(token);
}

function join(scope: string, name: string): string {
  return scope === '' ? name : `${scope}.${name}`;
}

const wellKnown = `
package google.protobuf;
message Timestamp { int64 seconds = 1; int32 nanos = 2; }
message Duration { int64 seconds = 1; int32 nanos = 2; }
message Any { string type_url = 1; bytes value = 2; }
message Empty {}
message FieldMask { repeated string paths = 1; }
message DoubleValue { double value = 1; }
message FloatValue { float value = 1; }
message Int64Value { int64 value = 1; }
message UInt64Value { uint64 value = 1; }
message Int32Value { int32 value = 1; }
message UInt32Value { uint32 value = 1; }
message BoolValue { bool value = 1; }
message StringValue { string value = 1; }
message BytesValue { bytes value = 1; }
message Struct { map<string, Value> fields = 1; }
message Value {
  oneof kind {
    NullValue null_value = 1; double number_value = 2; string string_value = 3;
    bool bool_value = 4; Struct struct_value = 5; ListValue list_value = 6;
  }
}
enum NullValue { NULL_VALUE = 0; }
message ListValue { repeated Value values = 1; }
`;
