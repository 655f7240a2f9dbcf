/** What VS Code gives a webview's script. It can be had once only. */
export interface WebviewApi {
  postMessage(message: unknown): void;
  /** Survives a hidden panel and a window reload; the host gets it when it revives the panel. */
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): WebviewApi;

export function webviewApi(): WebviewApi {
  return acquireVsCodeApi();
}
