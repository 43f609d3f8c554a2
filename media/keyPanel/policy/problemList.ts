import { html, type TemplateResult } from 'lit';
import type { Diagnostic, Severity } from '../../../src/core/policy/lint/diagnostic.ts';
import { positionAt } from '../../../src/core/policy/lint/positionAt.ts';
import { editorBeside } from './editorBeside.ts';

const icons: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', information: 'info' };

/** What the lint says about a policy: each with its place, its page of AWS, and what mends it. */
export function problemList(text: string, diagnostics: readonly Diagnostic[]): TemplateResult {
  return html`<div role="status"><ul class="problems" aria-label="Problems">
    ${diagnostics.map((diagnostic) => problem(text, diagnostic))}
  </ul></div>`;
}

function problem(text: string, { code, severity, message, offset, link, fix }: Diagnostic): TemplateResult {
  const { line, column } = positionAt(text, offset);
  const show = (event: Event): void => {
    editorBeside(event)?.show(offset);
  };
  const mend = (event: Event): void => {
    const editor = editorBeside(event);
    if (fix === undefined || editor?.text !== text) return;
    editor.apply(fix.edits);
    editor.focus();
  };
  return html`<li class="problem-line">
    <button type="button" class="problem ${severity}" @click=${show}>
      <span class="codicon codicon-${icons[severity]}" role="img" aria-label=${severity}></span>
      <span class="place">Line ${line}, column ${column}</span>
      <span>${message}</span>
    </button>
    ${fix === undefined ? null : html`<button type="button" class="link" @click=${mend}>${fix.title}</button>`}
    <a href=${link} aria-label="${code}: documentation of AWS">${code}</a>
  </li>`;
}
