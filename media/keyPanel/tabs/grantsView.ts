import { html, type TemplateResult } from 'lit';
import { utcMinute } from '../../../src/core/kms/explain/dateWords.ts';
import { grantOperationsOf } from '../../../src/core/kms/grantOperations.ts';
import type { KeyMetadata } from '../../../src/core/kms/keyMetadata.ts';
import type { GrantConstraints, GrantEntry } from '../../../src/core/kms/service/grants.ts';
import { formTexts, readPairs } from '../../shared/forms.ts';
import type { KeyPanelModel } from '../model.ts';
import { valueOf } from '../../shared/remote.ts';
import { remoteView } from '../../shared/remoteView.ts';

/** The grants of the key: to read, to create, to revoke and to retire. */
export function grantsView(model: KeyPanelModel): TemplateResult {
  const { grants, metadata } = model.state;
  const known = valueOf(metadata);
  return html`<section aria-label="Grants">
    <h2>Grants</h2>
    <p class="intro">
      A grant lets one principal use the key, besides its policy, until it is revoked or retired. AWS services make grants to work
      with your data; a grant never denies anything.
    </p>
    ${remoteView(grants, 'the grants', () => void model.load('grants'), (entries) => grantTable(model, entries))}
    ${known?.keyManager === 'CUSTOMER' ? grantForm(model, known) : null}
  </section>`;
}

function constraintWords({ encryptionContextEquals, encryptionContextSubset, sourceArn }: GrantConstraints): string {
  const pairs = (context: Readonly<Record<string, string>>): string => Object.entries(context).map(([name, value]) => `${name}=${value}`).join(', ');
  return [
    ...(encryptionContextEquals === undefined ? [] : [`encryption context is ${pairs(encryptionContextEquals)}`]),
    ...(encryptionContextSubset === undefined ? [] : [`encryption context has ${pairs(encryptionContextSubset)}`]),
    ...(sourceArn === undefined ? [] : [`for ${sourceArn}`]),
  ].join('; ');
}

function grantTable(model: KeyPanelModel, grants: readonly GrantEntry[]): TemplateResult {
  if (grants.length === 0) return html`<p class="empty">The key has no grants.</p>`;
  const end = (kind: 'revokeGrant' | 'retireGrant', grantId: string) => () =>
    void model.change({ kind, grantId }, 'The grant is gone. What it allowed is allowed by nothing else than the policy now.', ['grants']);
  return html`<table>
    <thead>
      <tr><th scope="col">Grantee</th><th scope="col">Operations</th><th scope="col">Only if</th><th scope="col">Created</th><th scope="col">Change</th></tr>
    </thead>
    <tbody>
      ${grants.map(
        (grant) => html`<tr>
          <th scope="row">${grant.granteePrincipal}${grant.name === '' ? null : html`<div class="hint">${grant.name}</div>`}</th>
          <td>${grant.operations.join(', ')}</td>
          <td>${constraintWords(grant.constraints)}</td>
          <td>${grant.creationDate === undefined ? '' : utcMinute(grant.creationDate)}</td>
          <td>
            <button type="button" class="link" aria-label="Revoke the grant of ${grant.granteePrincipal}" @click=${end('revokeGrant', grant.grantId)}>Revoke</button>
            <button type="button" class="link" aria-label="Retire the grant of ${grant.granteePrincipal}" @click=${end('retireGrant', grant.grantId)}>Retire</button>
          </td>
        </tr>`,
      )}
    </tbody>
  </table>`;
}

function constraintsOf(kind: string, pairs: Readonly<Record<string, string>>): GrantConstraints {
  if (Object.keys(pairs).length === 0) return {};
  return kind === 'equals' ? { encryptionContextEquals: pairs } : { encryptionContextSubset: pairs };
}

/** The form offers what grants of this key can allow, and nothing else. */
function grantForm(model: KeyPanelModel, metadata: KeyMetadata): TemplateResult {
  const create = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const form = event.target;
    const text = formTexts(form);
    const operations = new FormData(form).getAll('operation').filter((value) => typeof value === 'string');
    const pairs = readPairs(text('context'));
    const context = form.elements.namedItem('context');
    if (context instanceof HTMLTextAreaElement) {
      context.setCustomValidity(pairs === undefined ? 'Write a name=value pair on each line.' : '');
      if (!context.reportValidity()) return;
    }
    const grant = {
      granteePrincipal: text('grantee'),
      retiringPrincipal: text('retiring'),
      name: text('name'),
      operations,
      constraints: constraintsOf(text('constraint'), pairs ?? {}),
    };
    void model.change({ kind: 'createGrant', grant }, `${grant.granteePrincipal} may now ${operations.join(', ')}.`, ['grants']).then((done) => {
      if (done) form.reset();
    });
  };
  const symmetric = metadata.keySpec === 'SYMMETRIC_DEFAULT';
  return html`<form class="stack" @submit=${create}>
    <h2>Create a grant</h2>
    <label>Grantee principal <input name="grantee" required maxlength="256" placeholder="arn:aws:iam::111122223333:role/app" /></label>
    <label>Retiring principal (optional) <input name="retiring" maxlength="256" /></label>
    <label>Name (optional) <input name="name" maxlength="256" pattern="[a-zA-Z0-9:/_\\-]+" /></label>
    <fieldset>
      <legend>Operations</legend>
      ${grantOperationsOf(metadata.keySpec, metadata.keyUsage).map(
        (operation) => html`<label class="check"><input type="checkbox" name="operation" value=${operation} />${operation}</label>`,
      )}
    </fieldset>
    ${symmetric ? constraintFields() : null}
    <p><button type="submit">Create Grant</button></p>
  </form>`;
}

function constraintFields(): TemplateResult {
  return html`<fieldset>
    <legend>Only with this encryption context (optional)</legend>
    <label>
      The encryption context
      <select name="constraint">
        <option value="subset">has these pairs, among others</option>
        <option value="equals">is exactly these pairs</option>
      </select>
    </label>
    <label>Pairs, one on each line <textarea name="context" rows="3" placeholder="service=orders"></textarea></label>
  </fieldset>`;
}
