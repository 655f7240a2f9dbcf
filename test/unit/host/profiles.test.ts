import assert from 'node:assert/strict';
import { Passwords } from '../../../src/host/profiles/passwords';
import { mergeProfiles } from '../../../src/host/profiles/profileMerge';
import {
  FakeSecrets,
  profileStoreOver as storeOver,
  rabbitProfile as profile,
} from '../../support/hostProfiles';

describe('profiles', () => {
  it('merges by id, user before workspace, with the origin known', () => {
    const merged = mergeProfiles(
      {
        user: [profile('a')],
        workspace: [profile('a', { host: 'evil' }), profile('b')],
        folder: [profile('c')],
      },
      true,
    );
    assert.deepEqual(
      merged.profiles.map((stored) => [stored.profile.id, stored.profile.host, stored.origin]),
      [
        ['a', 'localhost', 'user'],
        ['b', 'localhost', 'workspace'],
        ['c', 'localhost', 'workspace'],
      ],
    );
    assert.match(merged.problems.join(), /"a" is taken in the user settings/);
  });

  it('ignores workspace profiles in an untrusted workspace', () => {
    const merged = mergeProfiles(
      { user: [profile('a')], workspace: [profile('b')], folder: [profile('c')] },
      false,
    );
    assert.deepEqual(
      merged.profiles.map((stored) => stored.profile.id),
      ['a'],
    );
  });

  it('fills in what is usual and leaves out what it cannot read, with a reason', () => {
    const merged = mergeProfiles(
      {
        user: [{ id: 'x', host: 'h', tls: true }, 7, { id: 'y', host: 'h', port: 'many' }, null],
        workspace: 'no',
      },
      true,
    );
    assert.deepEqual(merged.profiles, [
      { origin: 'user', profile: profile('x', { host: 'h', tls: true, port: 5671 }) },
    ]);
    assert.equal(merged.problems.length, 4);
  });

  it('writes to user settings and keeps entries that it cannot read', async () => {
    const { store, configuration } = storeOver({ user: [{ from: 'the future' }, profile('a')] });
    await store.save(profile('a', { name: 'renamed' }));
    await store.save(profile('b'));
    assert.deepEqual(configuration.values.user, [
      { from: 'the future' },
      profile('a', { name: 'renamed' }),
      profile('b'),
    ]);
    await store.remove('a');
    assert.deepEqual(configuration.values.user, [{ from: 'the future' }, profile('b')]);
  });

  it('does not overwrite a setting that is not a list, nor remove what the workspace defines', async () => {
    const broken = storeOver({ user: 'oops' });
    await assert.rejects(broken.store.save(profile('a')), /not a list/);
    const workspace = storeOver({ workspace: [profile('w')] });
    await assert.rejects(workspace.store.remove('w'), /workspace settings/);
  });

  it('shows and removes the demo broker without touching settings', async () => {
    const { store, configuration } = storeOver({});
    await store.showDemo();
    assert.equal(store.find('demo')?.origin, 'demo');
    await store.remove('demo');
    assert.equal(store.find('demo'), undefined);
    assert.equal(configuration.values.user, undefined);
  });

  it('follows changes of settings and trust', () => {
    const { store, configuration } = storeOver({ workspace: [profile('w')] });
    assert.equal(store.all().length, 1);
    configuration.isTrusted = false;
    configuration.changes.fire();
    assert.equal(store.all().length, 0);
  });
});

describe('passwords', () => {
  const secrets = new FakeSecrets();

  it('guesses guest on loopback once, and nothing anywhere else', async () => {
    const passwords = new Passwords(secrets);
    assert.equal(await passwords.find(profile('a')), 'guest');
    passwords.noteRefused(profile('a'));
    assert.equal(await passwords.find(profile('a')), undefined);
    assert.equal(await passwords.find(profile('b', { host: 'broker.example' })), undefined);
    assert.equal(await passwords.find(profile('c', { user: 'alice' })), undefined);
  });

  it('keeps a password for one endpoint only', async () => {
    const passwords = new Passwords(secrets);
    await passwords.store(profile('a', { user: 'alice' }), 's3cret');
    assert.equal(await passwords.find(profile('renamed', { user: 'alice' })), 's3cret');
    assert.equal(await passwords.find(profile('a', { user: 'alice', host: 'evil' })), undefined);
    assert.equal(
      await passwords.find(profile('a', { user: 'alice', managementUrl: 'http://evil' })),
      undefined,
    );
    await passwords.forget(profile('a', { user: 'alice' }));
    assert.equal(secrets.kept.size, 0);
  });
});
