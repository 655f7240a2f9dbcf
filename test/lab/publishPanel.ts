import type { Workbench } from './workbench';

/** Fills the publish panel that is in front, presses Publish and waits for the outcome to be read. */
export async function publishByMouse(
  workbench: Workbench,
  message: { readonly routingKey?: string; readonly body?: string },
  outcome: RegExp,
): Promise<void> {
  const panel = workbench.panel();
  const field = (name: string) => panel.getByRole('textbox', { name });
  if (message.routingKey !== undefined) await field('Routing key').fill(message.routingKey);
  if (message.body !== undefined) await field('Body').fill(message.body);
  await panel.getByRole('button', { name: 'Publish', exact: true }).click();
  await panel.getByText(outcome).first().waitFor();
}

/** The words of an outcome. */
export const routed = /^routed/i;
export const notRouted = /\(312 NO_ROUTE\)/;
