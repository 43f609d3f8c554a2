import { html, type TemplateResult } from 'lit';
import { callerOfArn } from '../../../src/core/policy/explain/callerNamed.ts';
import { explainDecision } from '../../../src/core/policy/explain/explainDecision.ts';
import { withIdentityPolicies } from '../../../src/core/policy/keyAccess/identityPolicies.ts';
import { tryRequest, type DescribedRequest } from '../../../src/core/policy/keyAccess/tryRequest.ts';
import { formTexts, readPairs } from '../../shared/forms.ts';
import type { KeyPanelModel } from '../model.ts';
import type { AccessOverview } from './accessOverview.ts';
import { wordsView } from './cellExplanation.ts';

/** A request that the user describes, and what would become of it. Nothing is sent to KMS. */
export function requestForm(model: KeyPanelModel, overview: AccessOverview): TemplateResult {
  const decide = (event: SubmitEvent): void => {
    event.preventDefault();
    const request = event.target instanceof HTMLFormElement ? readRequest(event.target) : undefined;
    if (request !== undefined) model.describeRequest(request);
  };
  return html`<form class="stack" aria-label="Try a request" @submit=${decide} @input=${forgetComplaint}>
      <h2>Try it</h2>
      <p class="hint">Describe a request to see whether it would be allowed. Nothing is sent to KMS.</p>
      <label>Operation
        <select name="operation">
          ${overview.groups.map(({ title, operations }) => html`<optgroup label=${title}>${operations.map((name) => html`<option>${name}</option>`)}</optgroup>`)}
        </select>
      </label>
      <label>Principal ARN <input name="principal" required list="access-callers" placeholder="arn:aws:iam::111122223333:role/app" /></label>
      <datalist id="access-callers">${overview.rows.map(({ caller }) => html`<option value=${caller.arn}></option>`)}</datalist>
      <label>Encryption context, a name=value pair on each line (optional) <textarea name="context" rows="2"></textarea></label>
      <label>Through a service (optional) <input name="viaService" placeholder="s3.us-east-1.amazonaws.com" pattern="[a-z0-9\\-]+(\\.[a-z0-9\\-]+)+" /></label>
      <p><button type="submit">Decide</button></p>
    </form>
    <div role="status">${verdict(model, overview)}</div>`;
}

function forgetComplaint({ target }: Event): void {
  if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) target.setCustomValidity('');
}

/** Undefined, with the reason on the field, when one is not what it says. */
function readRequest(form: HTMLFormElement): DescribedRequest | undefined {
  const text = formTexts(form);
  const complain = (name: string, message: string): void => {
    const field = form.elements.namedItem(name);
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return;
    field.setCustomValidity(message);
    field.reportValidity();
  };
  const caller = callerOfArn(text('principal'));
  const encryptionContext = readPairs(text('context'));
  if (encryptionContext === undefined) complain('context', 'Write a name=value pair on each line.');
  if (caller === undefined) complain('principal', 'Write the ARN of a user, role or session, or the name of a service.');
  if (caller === undefined || encryptionContext === undefined) return undefined;
  const viaService = text('viaService');
  return { operation: text('operation'), caller, encryptionContext, viaService: viaService === '' ? undefined : viaService, now: Date.now() };
}

function verdict({ state }: KeyPanelModel, { key, tree, findPrincipal }: AccessOverview): TemplateResult | null {
  const { request } = state.access;
  if (request === undefined) return null;
  const caller = withIdentityPolicies(request.caller, findPrincipal(request.caller));
  const { decision, needsIam } = tryRequest(key, { ...request, caller });
  const words = explainDecision(decision, tree);
  const [icon, title] = needsIam ? ['question', 'It depends on IAM'] : decision.allowed ? ['pass-filled', 'Allowed'] : ['error', 'Denied'];
  const sentence = needsIam
    ? `The key policy lets IAM decide, so an IAM policy of ${request.caller.arn} has to allow it as well. Its IAM policies were not read.`
    : words.sentence;
  return html`<div class="explanation">
    <h3><span class="codicon codicon-${icon}" aria-hidden="true"></span> ${title}: ${request.operation}</h3>
    ${wordsView({ ...words, sentence })}
  </div>`;
}
