import { html, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '../../shared/policyDiff.ts';
import { PolicyEditor } from '../../shared/policyEditor.ts';
import type { PolicyProblem } from '../../../src/core/policy/document.ts';
import { maximumPolicyBytes } from '../../../src/core/policy/save/allowedText.ts';
import type { KeyPanelModel } from '../model.ts';
import { isBroken, isChanged, type PolicyEdit } from './policyEdit.ts';
import { valueOf } from '../../shared/remote.ts';
import { failureText, remoteView } from '../../shared/remoteView.ts';

/** The key policy: to edit, to compare with what is stored, and to save. The editor stays while the difference is shown, with its history. */
export function policyView(model: KeyPanelModel): TemplateResult {
  const readOnly = valueOf(model.state.metadata)?.keyManager === 'AWS';
  return html`<section class="policy" aria-label="Key policy">
    ${remoteView(model.state.policy, 'the key policy', () => void model.load('policy'), (edit) =>
      html`
        <div ?hidden=${edit.step !== 'editing'}>${editing(model, edit, readOnly)}</div>
        ${edit.step === 'editing' ? null : reviewing(model, edit)}
      `,
    )}
  </section>`;
}

function editing(model: KeyPanelModel, edit: PolicyEdit, readOnly: boolean): TemplateResult {
  const onEdit = (event: Event): void => {
    if (event.target instanceof PolicyEditor) model.edit(event.target.text);
  };
  return html`<p class="intro">
      ${readOnly
        ? 'This is an AWS managed key. Its policy is written by AWS and lets the service use the key on your behalf; it can be read, and nobody can change it.'
        : 'The key policy decides who may use and manage this key. No other policy counts unless this one lets it: an IAM policy works only where a statement here hands the key to the account.'}
    </p>
    <kms-policy-editor .text=${edit.text} .problems=${edit.document.problems} .readOnly=${readOnly} @policy-edit=${onEdit}></kms-policy-editor>
    <div class="dock">
      ${problemList(edit.document.problems)}
      <div class="actions">
        ${readOnly ? null : editActions(model, edit)}
        <span class="bytes ${edit.document.bytes > maximumPolicyBytes ? 'over' : ''}">
          ${count(edit.document.bytes)} of ${count(maximumPolicyBytes)} bytes
        </span>
      </div>
      <p class="status" role="status">
        ${edit.notice === undefined ? '' : html`<span class="codicon codicon-pass-filled" aria-hidden="true"></span>${edit.notice}`}
      </p>
    </div>`;
}

function editActions(model: KeyPanelModel, edit: PolicyEdit): TemplateResult {
  const changed = isChanged(edit);
  return html`<vscode-button ?disabled=${!changed || isBroken(edit) || model.state.backendChanged} @click=${() => { model.review(); }}>
      Review Changes
    </vscode-button>
    <vscode-button secondary ?disabled=${isBroken(edit)} @click=${() => { model.format(); }}>Format</vscode-button>
    <vscode-button secondary ?disabled=${!changed} @click=${() => { model.discard(); }}>Discard Changes</vscode-button>`;
}

function problemList(problems: readonly PolicyProblem[]): TemplateResult {
  return html`<div role="status"><ul class="problems" aria-label="Problems">
    ${problems.map(({ kind, message, offset, line, column }) => {
      const show = (event: Event): void => {
        editorBeside(event)?.show(offset);
      };
      return html`<li>
        <button type="button" class="problem ${kind === 'shape' ? 'warning' : 'error'}" @click=${show}>
          <span class="codicon codicon-${kind === 'shape' ? 'warning' : 'error'}" aria-hidden="true"></span>
          <span class="place">Line ${line}, column ${column}</span>
          <span>${message}${kind === 'shape' ? ' KMS will probably refuse this.' : ''}</span>
        </button>
      </li>`;
    })}
  </ul></div>`;
}

function reviewing(model: KeyPanelModel, edit: PolicyEdit): TemplateResult {
  const saving = edit.step === 'saving';
  const goBack = (event: Event): void => {
    const editor = editorBeside(event);
    model.goOnEditing();
    editor?.focus();
  };
  const metadata = valueOf(model.state.metadata);
  return html`<h2 tabindex="-1" ${ref(focusOnceShown)}>Review changes</h2>
    <p class="intro">
      Saving replaces the whole key policy${metadata === undefined ? '' : html` in account <b>${metadata.accountId}</b>, Region <b>${metadata.region}</b>`}.
    </p>
    ${edit.refusal === undefined ? null : refusalNotice(model, edit.refusal)}
    <div class="diff-heads" aria-hidden="true"><span>Stored in KMS</span><span>Your edit</span></div>
    <kms-policy-diff .sides=${[edit.formattedBase, edit.text]}></kms-policy-diff>
    <div class="actions dock">
      <vscode-button ?disabled=${saving || !isChanged(edit) || model.state.backendChanged} @click=${() => void model.save()}>
        ${saving ? 'Saving…' : 'Save Policy'}
      </vscode-button>
      <vscode-button secondary ?disabled=${saving} @click=${goBack}>Go On Editing</vscode-button>
    </div>`;
}

function refusalNotice(model: KeyPanelModel, refusal: NonNullable<PolicyEdit['refusal']>): TemplateResult {
  return html`<div class="notice error" role="alert">
    <span class="codicon codicon-error" aria-hidden="true"></span>
    <div>
      <h3>The policy was not saved. Your edit is still here.</h3>
      ${failureText(refusal)}
      ${refusal.code === 'POLICY_CHANGED'
        ? html`<vscode-button secondary @click=${() => void model.compareWithStored()}>Compare With Stored Policy</vscode-button>`
        : null}
    </div>
  </div>`;
}

function editorBeside({ currentTarget }: Event): PolicyEditor | undefined {
  const section = currentTarget instanceof Element ? currentTarget.closest('section') : null;
  const editor = section?.querySelector('kms-policy-editor');
  return editor instanceof PolicyEditor ? editor : undefined;
}

/** The button that led here is gone, and the keyboard goes on from the heading. It is in the page only after this turn. */
function focusOnceShown(heading: Element | undefined): void {
  queueMicrotask(() => {
    if (heading instanceof HTMLElement) heading.focus();
  });
}

function count(bytes: number): string {
  return bytes.toLocaleString('en-US');
}
