import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/**
 * The page of a panel, whose bundle and style sheet carry `name`: nothing of KMS is in it, everything is asked for by
 * message. Only the bundle runs, only the extension's own style sheets and font load, and nothing connects anywhere.
 */
export function panelHtml(webview: vscode.Webview, distUri: vscode.Uri, name: string, title: string): string {
  const nonce = randomBytes(16).toString('base64');
  const asset = (file: string): string => webview.asWebviewUri(vscode.Uri.joinPath(distUri, file)).toString();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title}</title>
    <link rel="stylesheet" href="${asset('codicon.css')}" id="vscode-codicon-stylesheet">
    <link rel="stylesheet" href="${asset(`${name}.css`)}">
  </head>
  <body>
    <main id="panel"></main>
    <script type="module" nonce="${nonce}" src="${asset(`${name}.js`)}"></script>
  </body>
</html>`;
}
