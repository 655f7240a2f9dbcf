import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import { createManifestService } from '../../../src/core/topologyFile/manifests/service';
import { brokerRows, cleanManifests, resource, shapeRows } from '../../support/manifestCases';
import { folderOf } from '../../support/markedManifests';

const service = createManifestService();

/** A folder whose first file has the cursor at `|`. */
function at(source: string, others: Readonly<Record<string, string>> = {}) {
  const offset = source.indexOf('|');
  const folder = folderOf({ 'a.yaml': source.replace('|', ''), ...others });
  const [first] = folder.files;
  assert.ok(first);
  return { folder, file: first.file, position: first.file.lines.position(offset) };
}

function completed(source: string, others?: Readonly<Record<string, string>>): string[] {
  const { folder, file, position } = at(source, others);
  return service.completions(folder, file, position, '4.3').items.map(({ label }) => label);
}

const head = (kind: string): string =>
  `apiVersion: rabbitmq.com/v1beta1\nkind: ${kind}\nmetadata:\n  name: r\nspec:\n`;
const queue = resource('Queue', ['name: orders', 'durable: true']);

describe('writing manifests', () => {
  it('offers the fields of the kind that are not there yet', () => {
    const labels = completed(`${head('Queue')}  name: q\n  |\n`);
    assert.ok(
      labels.includes('durable') && labels.includes('type') && !labels.includes('name'),
      labels.join(' '),
    );
    assert.deepEqual(completed(`${head('Permission')}  permissions:\n    |`), ['configure', 'write', 'read']);
    assert.deepEqual(completed(`${head('Queue')}  rabbitmqClusterReference:\n    na|`), [
      'name',
      'namespace',
      'connectionSecret',
    ]);
  });

  it('offers the arguments that the type of queue takes, and the keys of policies', () => {
    const ofQuorum = completed(`${head('Queue')}  type: quorum\n  arguments:\n    x-|\n`);
    assert.ok(
      ofQuorum.includes('x-delivery-limit') && !ofQuorum.includes('x-max-priority'),
      ofQuorum.join(' '),
    );
    const ofPolicy = completed(`${head('Policy')}  definition:\n    |`);
    assert.ok(ofPolicy.includes('max-length') && !ofPolicy.includes('ha-mode'), ofPolicy.join(' '));
    const ofOperator = completed(`${head('OperatorPolicy')}  definition:\n    |`);
    assert.ok(
      ofOperator.includes('max-length') && !ofOperator.includes('dead-letter-exchange'),
      ofOperator.join(' '),
    );
  });

  it('offers the words of a field, and names that the folder declares', () => {
    assert.deepEqual(completed(`${head('Queue')}  type: |`), ['classic', 'quorum', 'stream']);
    assert.deepEqual(completed(`${head('Binding')}  destinationType: q|`), ['queue', 'exchange']);
    assert.deepEqual(completed(`${head('Binding')}  destination: |\n`, { 'q.yaml': queue }), ['orders']);
    assert.deepEqual(completed(`${head('Queue')}  arguments:\n    x-overflow: |`), [
      'drop-head',
      'reject-publish',
      'reject-publish-dlx',
    ]);
    assert.ok(completed('apiVersion: rabbitmq.com/v1beta1\nkind: |').includes('Federation'));
  });

  it('replaces what stands there', () => {
    const source = `${head('Queue')}  durable: fal|se # why\n`;
    const { folder, file, position } = at(source);
    const [first] = service.completions(folder, file, position, '4.3').items;
    assert.ok(first);
    assert.equal(file.text.slice(first.edit.start, first.edit.end), 'false');
  });

  it('explains fields, arguments and policy keys', () => {
    const hover = (source: string): string | undefined => {
      const { file, position } = at(source);
      return service.hover(file, position, '4.3')?.markdown;
    };
    assert.match(
      hover(`${head('Queue')}  dura|ble: true\n`) ?? '',
      /^`durable`\n\n.*before operator 1\.20.*cannot be changed later/s,
    );
    assert.match(hover(`${head('Queue')}  arguments:\n    x-message-ttl: 5|\n`) ?? '', /Milliseconds/);
    assert.match(hover(`${head('Policy')}  definition:\n    max-len|gth: 5\n`) ?? '', /Value: whole number/);
    assert.equal(hover(`${head('Queue')}  own: |5\n`), undefined);
  });

  it('leads from a name to its declaration in another file, and to all its places', () => {
    const binding = `${head('Binding')}  source: amq.topic\n  destination: or|ders\n  destinationType: queue\n  rabbitmqClusterReference:\n    name: rabbit\n`;
    const { folder, file, position } = at(binding, { 'q.yaml': queue });
    assert.deepEqual(
      service
        .references(folder, file, position)
        .map(({ id, isDeclaration, range }) => [id, isDeclaration, range.start]),
      [
        ['a.yaml', false, { line: 6, character: 15 }],
        ['q.yaml', true, { line: 4, character: 8 }],
      ],
    );
    const user = resource('User', [], 'v1beta1', 'billing');
    const permission = at(`${head('Permission')}  userReference: {name: bill|ing}\n`, { 'u.yaml': user });
    assert.deepEqual(
      service.references(permission.folder, permission.file, permission.position).map(({ id }) => id),
      ['a.yaml', 'u.yaml'],
    );
  });

  it('outlines the resources by their names on the broker', () => {
    const { file } = at(`|${queue}---\n${resource('Binding', ['source: a', 'destination: b'])}`);
    assert.deepEqual(
      service.outline(file).map(({ name, detail }) => `${detail} ${name}`),
      ['Queue orders', 'Binding a → b'],
    );
  });

  it('has one right answer to some findings, each of which removes its finding and brings no error', () => {
    const fixed = new Set<string>();
    for (const [source, , target] of [...brokerRows, ...shapeRows]) {
      const text = source.replace(/[⟦⟧]/g, '');
      const folder = folderOf({ 'a.yaml': text });
      const [first] = folder.files;
      assert.ok(first);
      const before = service.diagnostics(folder, first.file, { target }).map(({ code }) => code);
      for (const { finding, fix } of service.fixes(folder, first.file, 0, text.length, target)) {
        const changed = folderOf({ 'a.yaml': text.slice(0, fix.start) + fix.text + text.slice(fix.end) });
        const [again] = changed.files;
        assert.ok(again);
        const after = service.diagnostics(changed, again.file, { target }).map(({ code }) => code);
        assert.ok(after.length < before.length, `${fix.title} in ${text}\nleaves ${after.join(' ')}`);
        assert.ok(!after.includes(finding.code), `${fix.title} in ${text}`);
        fixed.add(finding.code);
      }
    }
    assert.deepEqual([...fixed].sort(), [
      'advice/transient-exchange',
      'likely/durable-unsaid',
      'likely/unknown-field',
      'refused/queue-not-created',
      'refused/wrong-value',
      'surprise/comment-for-value',
    ]);
  });

  it('never throws, whatever is cut off, changed or put in, wherever the cursor is', function () {
    this.timeout(60_000);
    const texts = [...brokerRows, ...shapeRows]
      .map(([source]) => source.replace(/[⟦⟧]/g, ''))
      .concat(cleanManifests);
    const piece = fc.oneof(
      fc.constantFrom(
        '\n',
        '  ',
        '- ',
        ': ',
        '*a',
        '&a ',
        '<<: *a',
        '{',
        '}',
        '[',
        ']',
        '"',
        "'",
        '#',
        '|',
        '>',
        '---',
        '? ',
        '!!int ',
        '\t',
        '%',
        '\0',
        '\uD800',
      ),
      fc.string({ maxLength: 5 }),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.nat(),
        fc.nat(8),
        piece,
        fc.nat(),
        (text, where, cut, put, cursor) => {
          const from = where % (text.length + 1);
          const changed = text.slice(0, from) + put + text.slice(from + cut);
          const folder = folderOf({ 'a.yaml': changed, 'b.yaml': text });
          for (const { file } of folder.files) {
            const position = file.lines.position(cursor % (file.text.length + 1));
            for (const target of ['3.10', '4.3'] as const) service.diagnostics(folder, file, { target });
            service.hover(file, position, '4.3');
            service.completions(folder, file, position, '4.3');
            service.references(folder, file, position);
            service.rename(folder, file, position, 'renamed');
            service.outline(file);
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it('reads no more than it must of a text that unfolds into billions, nests deep or is huge', () => {
    let bomb = 'apiVersion: rabbitmq.com/v1beta1\nkind: Queue\na0: &a0 [x,x]\n';
    for (let index = 1; index < 40; index += 1)
      bomb += `a${index}: &a${index} [${`*a${index - 1},`.repeat(9)}]\n`;
    bomb +=
      'metadata: {name: q}\nspec:\n  name: q\n  durable: true\n  arguments: {x-own: *a39}\n  rabbitmqClusterReference: {name: r}\n';
    const deep = `apiVersion: rabbitmq.com/v1beta1\nkind: Queue\nspec: ${'['.repeat(100_000)}`;
    const huge = `apiVersion: rabbitmq.com/v1beta1\n${'# \n'.repeat(1_000_000)}`;
    for (const text of [bomb, deep, huge]) {
      const folder = folderOf({ 'a.yaml': text });
      const [first] = folder.files;
      assert.ok(first);
      assert.ok(service.diagnostics(folder, first.file).length < 100);
    }
  });
});
