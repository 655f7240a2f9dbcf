/** What a panel's document is made of. The addresses are those of `webview.asWebviewUri`. */
export interface PanelPage {
  readonly cspSource: string;
  readonly scriptUri: string;
  readonly styleUri: string;
  /** Unguessable and new for each document. */
  readonly nonce: string;
  readonly title: string;
  /** `vscode.env.language`. */
  readonly language: string;
}

/**
 * The document of a panel, used by the host and by the tests of the panels alike. Nothing is allowed but our own
 * script, our own style sheet and the icon font beside it (DESIGN 3.8): no inline code or style, no pictures, no
 * connections.
 */
export function panelHtml(page: PanelPage): string {
  const { cspSource, scriptUri, styleUri, nonce, title, language } = page;
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    `img-src 'none'`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escaped(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<link rel="stylesheet" href="${escaped(styleUri)}">
</head>
<body>
<script nonce="${escaped(nonce)}" src="${escaped(scriptUri)}"></script>
</body>
</html>
`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Titles hold queue names, which strangers choose. */
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (found) => entities[found] ?? '');
}
