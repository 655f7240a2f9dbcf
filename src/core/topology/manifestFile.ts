import { sniffLength } from './definitionsFile';

/**
 * Whether a YAML text holds a resource of RabbitMQ's Kubernetes operators: `apiVersion: rabbitmq.com/...` at the
 * beginning of a line of the first 64 KiB, in a list or in quotes as well. Any other Kubernetes manifest is not ours.
 */
export function isManifestContent(text: string): boolean {
  return /^[ \t]*(?:- )?["']?apiVersion["']?[ \t]*:[ \t]*["']?rabbitmq\.com\//m.test(
    text.slice(0, sniffLength),
  );
}

export function isYamlName(path: string): boolean {
  return /\.ya?ml$/i.test(path);
}
