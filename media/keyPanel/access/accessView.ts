import { html, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { PrincipalPolicies } from '../../../src/core/kms/service/identityPolicies.ts';
import { list } from '../../../src/core/policy/explain/list.ts';
import type { KeyPanelModel, PanelState } from '../model.ts';
import { valueOf } from '../../shared/remote.ts';
import { remoteView } from '../../shared/remoteView.ts';
import { accessOverview, type AccessOverview } from './accessOverview.ts';
import { accessTable } from './accessTable.ts';
import { cellExplanation } from './cellExplanation.ts';
import { requestForm } from './requestForm.ts';

/** Who may do what with the key, why, and what would become of a request. */
export function accessView(model: KeyPanelModel): TemplateResult {
  const { state } = model;
  return html`<section class="access" aria-label="Access">
    <h2>Who may do what</h2>
    <p class="intro">
      By the stored key policy, the grants, and the IAM policies and permissions boundaries of the users and roles below that
      could be read. The policies of an organization were not read. Where a decision is left to what is not known, the table
      says <b>if</b>. Choose a cell to see why.
    </p>
    ${unreadNotice(state)}
    ${remoteView(state.metadata, 'the metadata', () => void model.retry('metadata'), () =>
      remoteView(state.policy, 'the key policy', () => void model.retry('policy'), (policy) =>
        // Everything else in the panel may change without a new look at the policy.
        html`${guard([policy.base, state.metadata, state.identity, state.grants, state.identityPolicies, state.aliases, state.tags, state.access], () => {
          const overview = accessOverview(state);
          return overview === undefined ? null : overviewView(model, overview);
        })}`,
      ),
    )}
  </section>`;
}

function overviewView(model: KeyPanelModel, overview: AccessOverview): TemplateResult {
  return html`${accessTable(model, overview)} ${unaskedHint(overview)}
    <div class="dock" role="status">${cellExplanation(model, overview)}</div>
    ${requestForm(model, overview)}`;
}

/** Whom the table leaves out. */
function unaskedHint({ unasked }: AccessOverview): TemplateResult | null {
  if (unasked === 0) return null;
  const who = unasked === 1 ? 'One more user or role has' : `${unasked.toLocaleString('en-US')} more users and roles have`;
  return html`<p class="hint">${who} IAM policies that may be about KMS. The table has no room for them: describe a request below to decide on one.</p>`;
}

/** What is missing in the table, and why. */
function unreadNotice({ grants, identityPolicies, tags, aliases, identity }: PanelState): TemplateResult | null {
  const gaps = [
    { what: 'grants', remote: grants, effect: 'what they allow is missing below' },
    { what: 'IAM policies of users and roles', remote: identityPolicies, effect: 'where the key policy leaves a decision to IAM, the table says "if"' },
    { what: 'tags', remote: tags, effect: 'conditions on them are taken as not met' },
    { what: 'aliases', remote: aliases, effect: 'conditions on them are taken as not met' },
    { what: 'caller', remote: identity, effect: 'you are not marked below' },
  ].flatMap(({ what, remote, effect }) => (remote.state === 'failed' ? [`The ${what} could not be read, so ${effect}. ${remote.failure.message}`] : []));
  gaps.push(...unreadPolicies(valueOf(identityPolicies) ?? []));
  if (gaps.length === 0) return null;
  return html`<div class="notice" role="alert">
    <span class="codicon codicon-warning" aria-hidden="true"></span>
    <div>${gaps.map((gap) => html`<p>${gap}</p>`)}</div>
  </div>`;
}

/** Policies that IAM has and does not tell, by whom they are missing of. */
function unreadPolicies(known: readonly PrincipalPolicies[]): readonly string[] {
  return known
    .filter(({ unread }) => unread.length > 0)
    .map(({ arn, unread }) => `IAM did not tell ${list(unread, 'and')} of ${arn}, so what IAM allows it is not known.`);
}
