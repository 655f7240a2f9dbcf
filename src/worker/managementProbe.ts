import { asFailure } from '../core/base/failure';
import type { Failure } from '../core/base/failure';
import type { ManagementPort } from '../core/broker/managementPort';
import type { Profile } from '../core/broker/profile';
import { managementOrigin } from '../core/broker/profile';
import type { ManagementSummary } from '../protocol/brokerContract';

/**
 * Finds out whether the management API can be used, after AMQP accepted the same user and password. Where it cannot,
 * says why and what to do; AMQP works all the same. Never rejects.
 */
export async function probeManagement(
  management: ManagementPort | undefined,
  profile: Profile,
  signal?: AbortSignal,
): Promise<ManagementSummary> {
  if (!management) {
    return {
      available: false,
      text: 'This connection has no management API.',
      advice: `Give its address in the connection's settings to see exchanges and queues. ${amqpWorks}`,
    };
  }
  try {
    const { statsDisabled, userTags } = await management.overview(signal);
    return { available: true, statsDisabled, userTags };
  } catch (thrown) {
    return unavailable(asFailure(thrown), managementOrigin(profile) ?? 'the management API', profile.user);
  }
}

const amqpWorks =
  'AMQP works: queues can be added by name, and publishing and peeking do not need the management API.';

function unavailable(failure: Failure, where: string, user: string): ManagementSummary {
  const { text, advice } = explain(failure, where, user);
  return { available: false, text, advice: `${advice} ${amqpWorks}` };
}

/** By reason: the adapter knows what the network and the API said. */
function explain(failure: Failure, where: string, user: string): { text: string; advice: string } {
  switch (failure.reason) {
    case 'auth':
    case 'refused':
      return {
        text: `The management API at ${where} does not let user \`${user}\` in.`,
        advice: 'Ask for the tag "management" on this user (rabbitmqctl set_user_tags).',
      };
    case 'notFound':
      return {
        text: `What answers at ${where} is not the management API.`,
        advice:
          'Check the management URL of this connection, and that the management plugin is enabled (rabbitmq-plugins enable rabbitmq_management).',
      };
    case 'closed':
      return {
        text: `The management API does not answer at ${where}.`,
        advice:
          'Enable the plugin (rabbitmq-plugins enable rabbitmq_management), or set the management URL if it uses another port.',
      };
    case 'protocol':
      return {
        text: `What answers at ${where} is not the management API.`,
        advice: 'Check the port and whether it is http or https.',
      };
    default:
      return {
        text: `The management API at ${where} cannot be used: ${failure.message}`,
        advice: failure.more.advice ?? 'Check the management URL of this connection.',
      };
  }
}
