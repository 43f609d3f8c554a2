import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { parse } from 'yaml';
import { policyDocument } from '../../../../../src/core/kms/create/policyText.ts';
import { keyText, textForms } from '../../../../../src/core/kms/create/text/keyText.ts';
import { account, externalDraft, fullDraft, plainDraft, storeDraft } from './drafts.ts';
import { expectedTexts } from './expectedTexts.ts';

const drafts = { fullDraft, plainDraft, externalDraft, storeDraft };

function textOf(form: keyof typeof expectedTexts, draft: typeof fullDraft): string {
  const answer = keyText(form, draft, account);
  assert.ok('text' in answer);
  return answer.text;
}

describe('keyText', () => {
  for (const { form, label } of textForms) {
    for (const [name, expected] of Object.entries(expectedTexts[form])) {
      it(`writes the ${name.replace('Draft', '')} draft for ${label}`, () => {
        assert.equal(textOf(form, drafts[name as keyof typeof drafts]), expected);
      });
    }
  }

  for (const form of ['cloudFormation', 'cdk'] as const) {
    it(`says that ${form} has no words for a key in a custom key store`, () => {
      const answer = keyText(form, storeDraft, account);
      assert.match('obstacle' in answer ? answer.obstacle : '', /custom key stores/);
    });
  }

  it('writes a template that YAML reads as what was meant', () => {
    const template = parse(textOf('cloudFormation', fullDraft), { customTags: [{ tag: '!Ref', resolve: (name: string) => ({ Ref: name }) }] }) as {
      Resources: { Key: { Properties: Record<string, unknown> }; Alias: { Properties: unknown } };
    };
    const { Description, KeyPolicy, Tags } = template.Resources.Key.Properties;
    assert.equal(Description, fullDraft.description);
    assert.deepEqual(KeyPolicy, policyDocument(fullDraft, account));
    assert.deepEqual(Tags, [{ Key: 'team', Value: 'a, b = c' }]);
    assert.deepEqual(template.Resources.Alias.Properties, { AliasName: 'alias/orders/config', TargetKeyId: { Ref: 'Key' } });
  });

  it('writes shell lines that give the CLI exactly what was meant', () => {
    const script = `aws() { for word in "$@"; do printf '%s\\n' "$word" >&2; done; echo made-id; }\n${textOf('cli', fullDraft)}`;
    const { stderr } = spawnSync('sh', ['-c', script], { encoding: 'utf8' });
    const words = stderr.split('\n');
    assert.equal(words[words.indexOf('--description') + 1], fullDraft.description);
    assert.deepEqual(JSON.parse(words[words.indexOf('--tags') + 1] ?? ''), [{ TagKey: 'team', TagValue: 'a, b = c' }]);
    assert.deepEqual(JSON.parse(words[words.indexOf('--policy') + 1] ?? ''), policyDocument(fullDraft, account));
    assert.equal(words[words.indexOf('--target-key-id') + 1], 'made-id');
  });
});
