/** As VS Code's own script in the webview does it: variables on the root element, a class on the body. */
export function applyTheme(theme: {
  readonly bodyClass: string;
  readonly variables: Readonly<Record<string, string>>;
}): void {
  // This runs before the parser has made the first element.
  new MutationObserver((_changes, observer) => {
    const root = document.querySelector('html');
    if (!root) return;
    observer.disconnect();
    for (const [name, value] of Object.entries(theme.variables))
      root.style.setProperty(`--vscode-${name}`, value);
  }).observe(document, { childList: true });
  document.addEventListener('DOMContentLoaded', () => {
    document.body.className = theme.bodyClass;
  });
}
