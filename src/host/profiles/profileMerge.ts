import { profileCheck } from '../../core/broker/profile';
import type { Profile } from '../../core/broker/profile';

/** Where a profile comes from. The demo broker is nobody's setting. */
export type ProfileOrigin = 'user' | 'workspace' | 'demo';

export interface StoredProfile {
  readonly profile: Profile;
  readonly origin: ProfileOrigin;
}

/** The parts of `WorkspaceConfiguration.inspect` that count; a workspace folder's value counts as the workspace's. */
export interface ConfiguredValues {
  readonly user?: unknown;
  readonly workspace?: unknown;
  readonly folder?: unknown;
}

export interface MergedProfiles {
  readonly profiles: readonly StoredProfile[];
  /** Entries that were left out, a sentence each for the log. */
  readonly problems: readonly string[];
}

/**
 * All profiles by id. The user's own come first and win, so that a repository cannot take over a connection by using
 * its id; workspace ones do not exist in an untrusted workspace (DESIGN 3.7).
 */
export function mergeProfiles(values: ConfiguredValues, trusted: boolean): MergedProfiles {
  const profiles = new Map<string, StoredProfile>();
  const problems: string[] = [];
  const take = (value: unknown, origin: ProfileOrigin): void => {
    if (value === undefined) return;
    if (!Array.isArray(value)) {
      problems.push(`amqp.connections of the ${origin} settings is not a list.`);
      return;
    }
    for (const [index, entry] of value.entries()) {
      const where = `amqp.connections[${String(index)}] of the ${origin} settings`;
      const profile = readProfile(entry, where, problems);
      if (profile === undefined) continue;
      const earlier = profiles.get(profile.id);
      if (earlier === undefined) profiles.set(profile.id, { profile, origin });
      else
        problems.push(
          `${where} is left out: the id "${profile.id}" is taken in the ${earlier.origin} settings.`,
        );
    }
  };
  take(values.user, 'user');
  if (trusted) {
    take(values.workspace, 'workspace');
    take(values.folder, 'workspace');
  }
  return { profiles: [...profiles.values()], problems };
}

/** Hand-written entries may leave out what has a usual value. */
function readProfile(entry: unknown, where: string, problems: string[]): Profile | undefined {
  if (typeof entry !== 'object' || entry === null) {
    problems.push(`${where} is left out: it is not an object.`);
    return undefined;
  }
  const given = entry as Record<string, unknown>;
  const tls = given['tls'] ?? false;
  const usual = { kind: 'rabbitmq', tls, port: tls === true ? 5671 : 5672, user: 'guest', vhost: '/' };
  try {
    const named = { id: given['id'], name: given['id'], ...usual, ...given };
    return profileCheck(named, where);
  } catch (thrown) {
    problems.push(`${where} is left out. ${thrown instanceof Error ? thrown.message : String(thrown)}`);
    return undefined;
  }
}
