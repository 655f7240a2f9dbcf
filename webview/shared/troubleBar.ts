import { Failure } from '../../src/core/base/failure';

/** A line at the top for what went wrong where nothing else on the screen could say so. */
export class TroubleBar {
  readonly element = document.createElement('div');
  private readonly text = document.createElement('span');

  constructor() {
    this.element.className = 'trouble';
    this.element.setAttribute('role', 'alert');
    this.element.hidden = true;
    const icon = document.createElement('span');
    icon.className = 'icon icon-error';
    icon.setAttribute('aria-hidden', 'true');
    const close = document.createElement('button');
    close.className = 'plain icon icon-close';
    close.title = 'Dismiss';
    close.setAttribute('aria-label', 'Dismiss');
    close.addEventListener('click', () => {
      this.element.hidden = true;
    });
    this.element.append(icon, this.text, close);
  }

  show(thrown: unknown): void {
    if (thrown instanceof Failure && thrown.reason === 'cancelled') return;
    this.text.textContent = words(thrown);
    this.element.hidden = false;
  }
}

function words(thrown: unknown): string {
  if (thrown instanceof Failure) return [thrown.message, thrown.more.advice].filter(Boolean).join(' ');
  return 'Something went wrong in this panel. Close it and open it again; the AMQP output channel has the details.';
}
