import { html, type TemplateResult } from 'lit';
import type { KeyDraft } from '../../../src/core/kms/create/keyDraft.ts';
import { policyKinds, type PolicyChoice } from '../../../src/core/kms/create/policyChoice.ts';
import { areaField, chooseField } from './fields.ts';
import type { AdvisorModel } from '../model.ts';

const kinds = policyKinds.map(({ kind, label, detail }) => ({ value: kind, label: `${label}: ${detail}` }));

/** Who may do what with the key from its first moment on. */
export function policyFields(model: AdvisorModel, { policy }: KeyDraft): TemplateResult {
  const edit = (part: Partial<PolicyChoice>): void => {
    model.edit({ policy: { ...policy, ...part } });
  };
  const list = (label: string, member: 'administrators' | 'users' | 'accounts', placeholder: string): TemplateResult =>
    areaField(label, policy[member].join('\n'), placeholder, (text) => {
      edit({ [member]: text === '' ? [] : text.split('\n') });
    });
  return html`<fieldset>
    <legend>Key policy</legend>
    ${chooseField('Policy', policy.kind, kinds, (kind) => { edit({ kind }); })}
    ${policy.kind === 'crossAccount' ? list('Other accounts, twelve digits on each line', 'accounts', '444455556666') : null}
    ${policy.kind === 'default'
      ? null
      : html`${list('Administrators, an ARN on each line', 'administrators', 'arn:aws:iam::111122223333:role/admin')}
          ${list('Users of the key, an ARN on each line', 'users', 'arn:aws:iam::111122223333:role/app')}`}
  </fieldset>`;
}
