/** Arrow keys inside a tab list or a radio group, as ARIA's authoring practices have them: focus moves and chooses. */
export function moveFocus(event: KeyboardEvent): void {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const all = Array.from((event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('button'));
  const here = all.findIndex((element) => element === event.target);
  const next = all[(here + step + all.length) % all.length];
  if (!next) return;
  event.preventDefault();
  next.click();
  next.focus();
}
