import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { keyText, type TextForm } from '../../../../../src/core/kms/create/text/keyText.ts';
import { emptyDraft } from '../../../../../src/core/kms/create/keyDraft.ts';
import { account, externalDraft, fullDraft, plainDraft, storeDraft } from './drafts.ts';

const externalHmac = { ...emptyDraft('us-east-1'), origin: 'EXTERNAL' as const, keySpec: 'HMAC_256', keyUsage: 'GENERATE_VERIFY_MAC' as const };
const drafts = { fullDraft, plainDraft, externalDraft, externalHmac, storeDraft };

/** The properties of the CloudFormation reference and, in lower case, of CfnKeyProps and CfnAliasProps. */
const cloudFormation: Readonly<Record<string, readonly string[]>> = {
  Key: ['BypassPolicyLockoutSafetyCheck', 'Description', 'EnableKeyRotation', 'Enabled', 'KeyPolicy', 'KeySpec', 'KeyUsage', 'MultiRegion', 'Origin', 'PendingWindowInDays', 'RotationPeriodInDays', 'Tags'],
  Alias: ['AliasName', 'TargetKeyId'],
};

/** The arguments of the Terraform AWS provider's resources that have to do with a new key (6.11 and later). */
const terraform: Readonly<Record<string, readonly string[]>> = {
  aws_kms_key: [
    'bypass_policy_lockout_safety_check',
    'custom_key_store_id',
    'customer_master_key_spec',
    'deletion_window_in_days',
    'description',
    'enable_key_rotation',
    'is_enabled',
    'key_usage',
    'multi_region',
    'policy',
    'region',
    'rotation_period_in_days',
    'tags',
    'xks_key_id',
  ],
  aws_kms_external_key: ['bypass_policy_lockout_safety_check', 'deletion_window_in_days', 'description', 'enabled', 'key_material_base64', 'key_spec', 'key_usage', 'multi_region', 'policy', 'tags', 'valid_to'],
  aws_kms_alias: ['name', 'name_prefix', 'region', 'target_key_id'],
};

/** What the resources export that the texts refer to. */
const exported: Readonly<Record<string, readonly string[]>> = { aws_kms_key: ['arn', 'id', 'key_id'], aws_kms_external_key: ['arn', 'id'] };

function textOf(form: TextForm, draft: typeof fullDraft): string | undefined {
  const answer = keyText(form, draft, account);
  return 'text' in answer ? answer.text : undefined;
}

describe('The property names of key texts', () => {
  for (const [name, draft] of Object.entries(drafts)) {
    it(`are those of Terraform for the ${name.replace('Draft', '')} draft`, () => {
      const text = textOf('terraform', draft) ?? '';
      const resources = [...text.matchAll(/^resource "(\w+)" "key" \{\n((?: {2}.*\n)*)\}/gm)];
      assert.ok(resources.length > 0);
      for (const [, type = '', body = ''] of resources) {
        const names = [...body.matchAll(/^ {2}(\w+) +=/gm)].map(([, argument]) => argument ?? '');
        assert.deepEqual(names.filter((argument) => !terraform[type]?.includes(argument)), [], type);
      }
      for (const [, type = '', attribute = ''] of text.matchAll(/= (aws_\w+)\.key\.(\w+)/g)) assert.ok(exported[type]?.includes(attribute), `${type} has no ${attribute}.`);
    });

    it(`are those of CloudFormation and the CDK for the ${name.replace('Draft', '')} draft`, () => {
      const template = textOf('cloudFormation', draft);
      const cdk = textOf('cdk', draft);
      assert.equal(template === undefined, draft === storeDraft);
      if (template === undefined || cdk === undefined) return;
      const { Resources: resources } = parse(template, { customTags: [{ tag: '!Ref', resolve: (logicalId: string) => logicalId }] }) as {
        Resources: Record<string, { Type: string; Properties: object }>;
      };
      for (const [id, { Type, Properties }] of Object.entries(resources)) {
        assert.equal(Type, `AWS::KMS::${id}`);
        assert.deepEqual(Object.keys(Properties).filter((property) => !cloudFormation[id]?.includes(property)), []);
      }
      const members = [...cdk.matchAll(/^ {6}(\w+): /gm)].map(([, member = '']) => `${member.charAt(0).toUpperCase()}${member.slice(1)}`);
      assert.deepEqual(members, Object.keys(resources['Key']?.Properties ?? {}));
    });
  }
});
