import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { brokerRows, cleanManifests, manifestCodes, resource, shapeRows } from '../../support/manifestCases';
import { assertManifest, folderOf, manifestFindings } from '../../support/markedManifests';
import { isManifestContent } from '../../../src/core/topology/manifestFile';
import { createManifestService } from '../../../src/core/topologyFile/manifests/service';
import { brokerGroups, targetOfImage } from '../../../src/core/topologyFile/manifests/manifestFolder';

const queue = resource('Queue', ['name: orders', 'durable: true']);
const binding = resource(
  'Binding',
  ['source: amq.topic', 'destination: orders', 'destinationType: queue', 'routingKey: a'],
  'v1beta1',
  'b',
);

describe('manifests of the topology operator', () => {
  it('has a row here for every code that only manifests have', () => {
    const seen = new Set([...brokerRows, ...shapeRows].flatMap(([, codes]) => codes));
    assert.deepEqual(
      manifestCodes.filter((code) => !seen.has(code)),
      [],
    );
  });

  for (const [source, codes, target] of [...brokerRows, ...shapeRows]) {
    const expected = typeof codes === 'string' ? [codes] : codes;
    it(`${expected.join(', ') || 'nothing'} in ${source.replace(/\s+/g, ' ')}`.slice(0, 250), () => {
      assertManifest(source, expected, { target });
    });
  }

  for (const text of cleanManifests)
    it(`nothing is wrong with ${text.replace(/\s+/g, ' ')}`.slice(0, 250), () => {
      assertManifest(text, []);
    });

  it('says what a manifest means and not what a definitions file would', () => {
    for (const [source, , target] of [...brokerRows, ...shapeRows]) {
      const text = source.replace(/[⟦⟧]/g, '');
      for (const { message } of manifestFindings({ 'a.yaml': text }, { target })) {
        assert.doesNotMatch(
          message,
          /\bimport|refuses the file|"(?:routing_key|destination_type|apply-to)"|JSON object/,
        );
      }
    }
  });

  it('finds in the other files of the folder what a binding leads to', () => {
    assert.deepEqual(manifestFindings({ 'binding.yaml': binding, 'queue.yaml': queue }), []);
    const [missing] = manifestFindings({
      'binding.yaml': binding,
      'queue.yaml': queue.replace('orders', 'order'),
    });
    assert.equal(missing?.code, 'likely/not-in-folder');
    assert.match(missing.message, /did you mean "order"\?/);
  });

  it('keeps the resources of two clusters and of two namespaces apart', () => {
    const other = queue.replace('name: rabbit}', 'name: rabbit2}');
    assert.equal(
      manifestFindings({ 'binding.yaml': binding, 'queue.yaml': other })[0]?.code,
      'likely/not-in-folder',
    );
    const inA = binding.replace('{name: b}', '{name: b, namespace: a}');
    const inB = queue.replace('{name: r}', '{name: r, namespace: b}');
    assert.equal(
      manifestFindings({ 'binding.yaml': inA, 'queue.yaml': inB })[0]?.code,
      'likely/not-in-folder',
    );
    assert.deepEqual(manifestFindings({ 'binding.yaml': inA, 'queue.yaml': queue }), []);
  });

  it('concludes nothing from what is not there when a file of the folder could not be read', () => {
    assert.deepEqual(manifestFindings({ 'binding.yaml': binding, 'template.yaml': `{{ x }}\n${queue}` }), []);
    assert.deepEqual(manifestFindings({ 'binding.yaml': binding, 'broken.yaml': `a: [\n${queue}` }), []);
  });

  it('warns of the same queue in two files, in the second of them and with the name of the first', () => {
    const folder = folderOf({ 'a.yaml': queue, 'b.yaml': queue.replace('durable: true', 'durable: false') });
    const [first, second] = folder.files;
    assert.ok(first && second);
    const of = (file: typeof first): string[] =>
      createManifestService()
        .diagnostics(folder, file.file)
        .map(({ code, message }) => `${code}: ${message}`);
    assert.deepEqual(of(first), []);
    const [found] = of(second);
    assert.match(found ?? '', /^likely\/repeated-declaration: .*"orders" is declared in a\.yaml as well/);
  });

  it('judges for the version of the RabbitmqCluster in the folder', () => {
    const policy = resource('Policy', ['name: p', 'pattern: a', 'definition: {ha-mode: all}']);
    const cluster =
      'apiVersion: rabbitmq.com/v1beta1\nkind: RabbitmqCluster\nmetadata: {name: rabbit}\nspec: {image: "rabbitmq:3.13.7-management"}\n';
    assert.equal(manifestFindings({ 'p.yaml': policy })[0]?.code, 'refused/unknown-policy-key');
    assert.deepEqual(manifestFindings({ 'p.yaml': policy, 'c.yaml': cluster }), []);
    assert.equal(
      manifestFindings({ 'p.yaml': policy, 'c.yaml': cluster }, { target: '4.3' })[0]?.code,
      'refused/unknown-policy-key',
    );
    assert.deepEqual(
      brokerGroups(folderOf({ 'p.yaml': policy, 'c.yaml': cluster })).map((group) => group.target),
      ['3.13'],
    );
  });

  it('reads a version from an image only where its tag is one', () => {
    assert.equal(targetOfImage('rabbitmq:4.0.5-management'), '4.0');
    assert.equal(targetOfImage('registry.example:5000/rabbitmq:v3.10'), '3.10');
    assert.equal(targetOfImage('registry.example:5000/rabbitmq'), undefined);
    assert.equal(targetOfImage('rabbitmq:latest'), undefined);
    assert.equal(targetOfImage('rabbitmq:4.2@sha256:00'), '4.0');
  });

  it('leaves patches of a kustomization alone', () => {
    const folder = folderOf({
      'patch.yaml':
        'apiVersion: rabbitmq.com/v1beta1\nkind: Queue\nmetadata: {name: r}\nspec: {type: quorum}\n',
    });
    const [file] = folder.files;
    assert.ok(file);
    const patched = { ...folder, files: [{ ...file, isPatch: true }] };
    assert.equal(brokerGroups(patched).length, 0);
  });

  it('recognises manifests by their apiVersion, at the beginning of a line only', () => {
    assert.ok(isManifestContent('# a\n---\napiVersion: rabbitmq.com/v1beta1\n'));
    assert.ok(isManifestContent('items:\n  - apiVersion: "rabbitmq.com/v1alpha1"\n'));
    assert.ok(!isManifestContent('apiVersion: apps/v1\nkind: Deployment\n'));
    assert.ok(!isManifestContent('# see apiVersion: rabbitmq.com/v1beta1\n'));
    assert.ok(!isManifestContent(`${' '.repeat(70_000)}\napiVersion: rabbitmq.com/v1beta1\n`));
  });
});
