/** The value of the control that an event came from, whichever element the form controls are made of. */
export function valueOf(event: Event): string {
  const target = event.currentTarget;
  return target instanceof HTMLElement && 'value' in target ? String(target.value) : '';
}

export function isChecked(event: Event): boolean {
  const target = event.currentTarget;
  return target instanceof HTMLElement && 'checked' in target && target.checked === true;
}
