import { html, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '../../shared/policyDiff.ts';
import { isDoubtful } from '../../../src/core/policy/lint/blockingProblem.ts';
import type { PolicyReview } from '../../../src/core/policy/review/reviewPolicy.ts';
import { keyNameOf, type KeyPanelModel, type PanelState } from '../model.ts';
import { failureText } from '../../shared/remoteView.ts';
import { valueOf } from '../../shared/remote.ts';
import { editorBeside } from './editorBeside.ts';
import { isChanged, isLockout, type PolicyEdit } from './policyEdit.ts';

/** What saving changes: who gains and loses what, and the difference of the texts. */
export function reviewView(model: KeyPanelModel, edit: PolicyEdit): TemplateResult {
  const saving = edit.step === 'saving';
  const goBack = (event: Event): void => {
    const editor = editorBeside(event);
    model.goOnEditing();
    editor?.focus();
  };
  const metadata = valueOf(model.state.metadata);
  const unconfirmed = isLockout(edit) && edit.typedName !== keyNameOf(model.state);
  return html`<h2 tabindex="-1" ${ref(focusOnceShown)}>Review changes</h2>
    <p class="intro">
      Saving replaces the whole key policy${metadata === undefined ? '' : html` in account <b>${metadata.accountId}</b>, Region <b>${metadata.region}</b>`}.
    </p>
    ${edit.refusal === undefined ? null : refusalNotice(model, edit.refusal)} ${errorNotice(edit)}
    ${edit.review === undefined ? null : summary(edit.review, model.state)} ${isLockout(edit) ? lockoutNotice(model, edit) : null}
    <div class="diff-heads" aria-hidden="true"><span>Stored in KMS</span><span>Your edit</span></div>
    <kms-policy-diff .sides=${[edit.formattedBase, edit.text]}></kms-policy-diff>
    <div class="actions dock">
      <vscode-button ?disabled=${saving || unconfirmed || !isChanged(edit) || model.state.backendChanged} @click=${() => void model.save()}>
        ${saving ? 'Saving…' : 'Save Policy'}
      </vscode-button>
      <vscode-button secondary ?disabled=${saving} @click=${goBack}>Go On Editing</vscode-button>
    </div>`;
}

function summary({ gains, losses }: PolicyReview, { identityPolicies }: PanelState): TemplateResult {
  if (gains.length + losses.length === 0) {
    return html`<p class="summary">For everybody whom the policies name, nothing changes in what they may do.</p>`;
  }
  return html`<div class="summary" role="group" aria-label="Who gains and loses access">
    ${sentences('add', 'Gain', gains)} ${sentences('remove', 'Lose', losses)}
    ${identityPolicies.state === 'ready'
      ? null
      : html`<p class="hint">IAM policies ${identityPolicies.state === 'loading' ? 'are still being read' : 'were not read'}: what they may allow counts as allowed under conditions.</p>`}
  </div>`;
}

function sentences(icon: string, title: string, lines: readonly string[]): TemplateResult | null {
  if (lines.length === 0) return null;
  return html`<h3>${title}</h3>
    <ul>
      ${lines.map((line) => html`<li><span class="codicon codicon-${icon}" aria-hidden="true"></span>${line}</li>`)}
    </ul>`;
}

function errorNotice({ diagnostics }: PolicyEdit): TemplateResult | null {
  const doubtful = diagnostics.filter(isDoubtful);
  if (doubtful.length === 0) return null;
  return html`<div class="notice">
    <span class="codicon codicon-warning" aria-hidden="true"></span>
    <div>
      <h3>${doubtful.length === 1 ? 'An error is left' : `${doubtful.length} errors are left`} in the policy.</h3>
      ${doubtful.map(({ message }) => html`<p>${message}</p>`)}
    </div>
  </div>`;
}

/** A slip of the hand does not type a name: only who means it locks the key. */
function lockoutNotice(model: KeyPanelModel, { typedName }: PolicyEdit): TemplateResult {
  const name = keyNameOf(model.state);
  const type = (event: Event): void => {
    if (event.target instanceof HTMLInputElement) model.typeName(event.target.value);
  };
  const caller = valueOf(model.state.identity)?.callerArn ?? 'You';
  return html`<div class="notice error" role="alert">
    <span class="codicon codicon-lock" aria-hidden="true"></span>
    <div>
      <h3>With this policy you lock yourself out.</h3>
      <p>${caller} could never change the policy of this key again. If nobody else can, only AWS Support gets the key back.</p>
      <label>To save it all the same, type ${name} <input name="confirmation" autocomplete="off" .value=${typedName} @input=${type} /></label>
    </div>
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

/** The button that led here is gone, and the keyboard goes on from the heading. It is in the page only after this turn. */
function focusOnceShown(heading: Element | undefined): void {
  queueMicrotask(() => {
    if (heading instanceof HTMLElement) heading.focus();
  });
}
