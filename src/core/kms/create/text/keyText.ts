import type { KeyDraft } from '../keyDraft.ts';
import { cdkText } from './cdkText.ts';
import { cliScript } from './cliScript.ts';
import { cloudFormationText } from './cloudFormationText.ts';
import { terraformText } from './terraformText.ts';

export type TextForm = 'cli' | 'cloudFormation' | 'cdk' | 'terraform';

/** The forms in which a draft can be taken elsewhere. Each holds names and settings alone, and no secret. */
export const textForms: readonly { readonly form: TextForm; readonly label: string }[] = [
  { form: 'cli', label: 'AWS CLI' },
  { form: 'cloudFormation', label: 'CloudFormation' },
  { form: 'cdk', label: 'CDK (TypeScript)' },
  { form: 'terraform', label: 'Terraform' },
];

/** A text of a draft, or why the form has no words for it. */
export type KeyText = { readonly text: string } | { readonly obstacle: string };

/** The draft as text in a form, for an account of twelve digits. */
export function keyText(form: TextForm, draft: KeyDraft, accountId: string): KeyText {
  switch (form) {
    case 'cli':
      return { text: cliScript(draft, accountId) };
    case 'cloudFormation':
      return cloudFormationText(draft, accountId);
    case 'cdk':
      return cdkText(draft, accountId);
    case 'terraform':
      return { text: terraformText(draft, accountId) };
  }
}
