import { html, type TemplateResult } from 'lit';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import { PolicyEditor } from '../../shared/policyEditor.ts';
import { maximumPolicyBytes } from '../../../src/core/policy/save/allowedText.ts';
import { isBlocking } from '../../../src/core/policy/lint/blockingProblem.ts';
import type { LintFacts } from '../../../src/core/policy/lint/diagnostic.ts';
import { insertTemplate } from '../../../src/core/policy/templates/insertTemplate.ts';
import { policyTemplates, type TemplateKey } from '../../../src/core/policy/templates/policyTemplates.ts';
import type { KeyPanelModel } from '../model.ts';
import { valueOf } from '../../shared/remote.ts';
import { failureText, remoteView } from '../../shared/remoteView.ts';
import { editorBeside } from './editorBeside.ts';
import { isBroken, isChanged, type PolicyEdit } from './policyEdit.ts';
import { lintFacts } from './policyFacts.ts';
import { problemList } from './problemList.ts';
import { reviewView } from './reviewView.ts';

/** The key policy: to edit, to compare with what is stored, and to save. The editor stays while the difference is shown, with its history. */
export function policyView(model: KeyPanelModel): TemplateResult {
  const readOnly = valueOf(model.state.metadata)?.keyManager === 'AWS';
  return html`<section class="policy" aria-label="Key policy">
    ${remoteView(model.state.policy, 'the key policy', () => void model.retry('policy'), (edit) =>
      html`
        <div ?hidden=${edit.step !== 'editing'}>${editing(model, edit, readOnly)}</div>
        ${edit.step === 'editing' ? null : reviewView(model, edit)}
      `,
    )}
  </section>`;
}

function editing(model: KeyPanelModel, edit: PolicyEdit, readOnly: boolean): TemplateResult {
  const onEdit = (event: Event): void => {
    if (event.target instanceof PolicyEditor) model.edit(event.target.text);
  };
  const askPrincipals = async (): Promise<LintFacts> => {
    await model.ensure('identityPolicies');
    return lintFacts(model.state);
  };
  const diagnostics = readOnly ? [] : edit.diagnostics;
  return html`<p class="intro">
      ${readOnly
        ? 'This is an AWS managed key. Its policy is written by AWS and lets the service use the key on your behalf; it can be read, and nobody can change it.'
        : 'The key policy decides who may use and manage this key. No other policy counts unless this one lets it: an IAM policy works only where a statement here hands the key to the account.'}
    </p>
    <kms-policy-editor
      .text=${edit.text}
      .diagnostics=${diagnostics}
      .facts=${lintFacts(model.state)}
      .readOnly=${readOnly}
      .askPrincipals=${askPrincipals}
      @policy-edit=${onEdit}
    ></kms-policy-editor>
    <div class="dock">
      ${problemList(edit.text, diagnostics)}
      <div class="actions">
        ${readOnly ? null : editActions(model, edit)}
        <vscode-button secondary @click=${() => void model.openDocument()}>Open as Document</vscode-button>
        ${readOnly ? null : templateChoice(model, edit)}
        ${analyzerActions(model, edit)}
        <span class="bytes ${edit.bytes > maximumPolicyBytes ? 'over' : ''}">${count(edit.bytes)} of ${count(maximumPolicyBytes)} bytes</span>
      </div>
      ${edit.analysis.failure === undefined ? null : html`<div class="notice error" role="alert"><span class="codicon codicon-error" aria-hidden="true"></span><div>${failureText(edit.analysis.failure)}</div></div>`}
      <p class="status" role="status">
        ${edit.notice === undefined ? '' : html`<span class="codicon codicon-pass-filled" aria-hidden="true"></span>${edit.notice}`}
      </p>
    </div>`;
}

function editActions(model: KeyPanelModel, edit: PolicyEdit): TemplateResult {
  const changed = isChanged(edit);
  return html`<vscode-button ?disabled=${!changed || isBroken(edit) || model.state.backendChanged} @click=${() => void model.review()}>
      Review Changes
    </vscode-button>
    <vscode-button secondary ?disabled=${isBroken(edit)} @click=${() => { model.format(); }}>Format</vscode-button>
    <vscode-button secondary ?disabled=${!changed} @click=${() => { model.discard(); }}>Discard Changes</vscode-button>`;
}

/** Questions to IAM Access Analyzer, which is a service of AWS that nobody asks without a click. */
function analyzerActions(model: KeyPanelModel, { analysis, diagnostics }: PolicyEdit): TemplateResult | null {
  if (valueOf(model.state.identity)?.isEmulator !== false) return null;
  const unfit = analysis.isAsking || model.state.backendChanged || diagnostics.some(isBlocking);
  return html`<span class="inline" role="group" aria-label="IAM Access Analyzer">
    <vscode-button secondary ?disabled=${unfit} title="Ask IAM Access Analyzer (ValidatePolicy) about this text" @click=${() => void model.analyze('validatePolicy')}>
      ${analysis.isAsking ? 'Asking AWS…' : 'Validate With AWS'}
    </vscode-button>
    <vscode-button secondary ?disabled=${unfit} title="Ask IAM Access Analyzer (CheckNoPublicAccess) about this text" @click=${() => void model.analyze('checkNoPublicAccess')}>
      Check Public Access
    </vscode-button>
  </span>`;
}

/** Templates are written into the editor as one step that can be undone. */
function templateChoice(model: KeyPanelModel, edit: PolicyEdit): TemplateResult | null {
  const { key } = lintFacts(model.state);
  if (key === undefined) return null;
  const insert = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    takeTemplate(model, edit, key, new FormData(event.target).get('template'), editorBeside(event));
  };
  return html`<form class="inline" @submit=${insert}>
    <select name="template" aria-label="Template">
      ${policyTemplates(key).map(({ id, title, description }) => html`<option value=${id} title=${description}>${title}</option>`)}
    </select>
    <button type="submit" class="secondary">Insert Template</button>
  </form>`;
}

function takeTemplate(model: KeyPanelModel, edit: PolicyEdit, key: TemplateKey, id: unknown, editor: PolicyEditor | undefined): void {
  const template = policyTemplates(key).find((each) => each.id === id);
  if (template === undefined || editor === undefined) return;
  editor.apply([insertTemplate(edit.text, template, key)]);
  model.note(`${template.description} Replace the names of the example by your own. Undo takes it back.`);
}

function count(bytes: number): string {
  return bytes.toLocaleString('en-US');
}
