import assert from 'node:assert/strict';
import fc from 'fast-check';
import { toBase64 } from '../../../../src/core/secrets/base64.ts';
import { recogniseCiphertext } from '../../../../src/core/secrets/ciphertextToken.ts';
import { formatFor } from '../../../../src/core/secrets/fileFormats.ts';
import { fnoxProviderOf } from '../../../../src/core/secrets/tokens/fnox.ts';
import { markedFormat } from '../../../../src/core/secrets/tokens/markedFormat.ts';
import { pulumiStackOf } from '../../../../src/core/secrets/tokens/pulumi.ts';
import { readSpringToken, writeSpringToken } from '../../../../src/core/secrets/tokens/springToken.ts';
import { writeFormatFor } from '../../../../src/core/secrets/tokens/writeFormat.ts';
import { applyEditsTo } from '../../../../src/core/secrets/transform.ts';
import { sampleCiphertext } from '../sampleCiphertext.ts';

const token = toBase64(sampleCiphertext(2, 20));

/** Encrypts one value of a file in the format that is meant for the file; TOKEN stands for the ciphertext. */
async function encrypted(fileName: string, text: string, path: string, context: Record<string, string>): Promise<string> {
  const format = formatFor(fileName, 'plaintext')!;
  const entries = (await format.load()).parse(text);
  const entry = entries.find(({ keyPath }) => keyPath.join('.') === path)!;
  const edit = writeFormatFor(fileName, format.name).edit({ text, entries }, entry, token, context);
  return applyEditsTo(text, [edit]).replaceAll(token, 'TOKEN');
}

const providers = '[providers.age]\ntype = "age"\n[providers.aws]\ntype = "aws-kms"\nkey_id = "alias/a"\nregion = "eu-west-1"\n';

describe('the format to write', () => {
  const rows: [fileName: string, text: string, path: string, expected: string][] = [
    ['application.properties', 'a.b=x\n', 'a.b', 'a.b={cipher}(app=b3JkZXJz)TOKEN\n'],
    ['application-prod.yml', 'a: x # c\n', 'a', "a: '{cipher}(app=b3JkZXJz)TOKEN' # c\n"],
    ['values.yaml', 'a: x\n', 'a', 'a: TOKEN\n'],
    ['pyproject.toml', 'a = "x"\n', 'a', 'a = "TOKEN"\n'],
    ['terraform.tfvars', 'a = "x"\n', 'a', 'a = "TOKEN"\n'],
    ['.env', 'A=x\n', 'A', 'A=TOKEN\n'],
    ['php.ini', 'a = x\n', 'a', 'a = TOKEN\n'],
    ['fnox.toml', `${providers}[secrets]\nA = { provider = "aws", value = 'x' }\n`, 'secrets.A.value', `${providers}[secrets]\nA = { provider = "aws", value = 'TOKEN' }\n`],
    ['fnox.toml', `${providers}[secrets]\nA = "x" # c\n`, 'secrets.A', `${providers}[secrets]\nA = { provider = "aws", value = "TOKEN" } # c\n`],
    [
      'fnox.toml',
      `${providers}[secrets]\nA = { description = "d", default = "x" }\n`,
      'secrets.A.default',
      `${providers}[secrets]\nA = { description = "d", provider = "aws", value = "TOKEN" }\n`,
    ],
    ['fnox.local.toml', `${providers}[profiles.p.secrets]\nA = { default = "x" }\n`, 'profiles.p.secrets.A.default', `${providers}[profiles.p.secrets]\nA = { provider = "aws", value = "TOKEN" }\n`],
  ];
  it('puts a marker of the user around the ciphertext', async () => {
    const text = 'A="x" # c\n';
    const entries = (await formatFor('.env', 'dotenv')!.load()).parse(text);
    const marked = (marker: { prefix: string; suffix?: string }) =>
      applyEditsTo(text, [markedFormat(marker).edit({ text, entries }, entries[0]!, token, {})]).replace(token, 'TOKEN');
    assert.equal(marked({ prefix: 'enc:' }), 'A="enc:TOKEN" # c\n');
    assert.equal(marked({ prefix: 'KMS(', suffix: ')' }), 'A="KMS(TOKEN)" # c\n');
  });

  for (const [fileName, text, path, expected] of rows) {
    it(`is what reads ${path} of ${fileName}`, async () => {
      assert.equal(await encrypted(fileName, text, path, { app: 'orders' }), expected);
    });
  }

  const refused: [text: string, path: string, message: RegExp][] = [
    [providers, 'providers.aws.key_id', /only the values under "secrets"/],
    ['[secrets]\nA = { default = "x" }\n', 'secrets.A.default', /no provider of type aws-kms/],
    [`${providers}[secrets]\nA = { provider = "age", value = "x" }\n`, 'secrets.A.value', /names no provider of type aws-kms/],
    [`${providers}[secrets.A]\ndefault = "x"\n`, 'secrets.A.default', /inline table/],
    [`${providers}[secrets]\nA = { provider = "aws", value = "x", default = "y" }\n`, 'secrets.A.default', /lone default/],
    [`${providers}[secrets]\nA = { description = "x" }\n`, 'secrets.A.description', /lone default/],
  ];
  for (const [text, path, message] of refused) {
    it(`refuses ${path} of a fnox.toml: ${message.source}`, async () => {
      await assert.rejects(encrypted('fnox.toml', text, path, {}), { code: 'EDIT_REFUSED', message });
    });
  }

  it('says whether a token carries its encryption context', () => {
    assert.equal(writeFormatFor('a.properties', 'Java properties').carriesContext, true);
    assert.equal(writeFormatFor('a.json', 'JSON').carriesContext, false);
  });
});

describe('a token of Spring', () => {
  const name = fc.stringMatching(/^[a-zA-Z][a-zA-Z:_ -]{0,8}[a-z]$/);
  const option = fc.option(fc.constantFrom('base64', 'alias/orders', 'arn:aws:kms:eu-west-1:111122223333:alias/orders', 'SYMMETRIC_DEFAULT'), { nil: undefined });
  it('gives back the context and the options that it was written with', () => {
    fc.assert(
      fc.property(
        fc.dictionary(name, fc.string({ unit: 'grapheme', minLength: 1 }), { noNullPrototype: true, maxKeys: 4 }),
        fc.record({ output: option, encryptionAlgorithm: option, keyId: option }),
        (context, options) => {
          const text = writeSpringToken(token, { encryptionContext: context, ...options });
          const encryptionContext = Object.keys(context).length === 0 ? undefined : context;
          assert.deepEqual(readSpringToken(text), { body: token, encryptionContext, ...options });
          const read = recogniseCiphertext(text);
          assert.deepEqual(read?.encryptionContext, encryptionContext);
          assert.equal(read?.wrap(read.ciphertext), text);
        },
      ),
    );
  });

  it('is read with its two parts in either order', () => {
    for (const parts of ['(a=YQ==)[output=base64,keyId=alias/k]', '[ output = base64 , keyId = alias/k ]( a = YQ== )']) {
      assert.deepEqual(readSpringToken(`{cipher}${parts}${token}`), {
        body: token,
        encryptionContext: { a: 'a' },
        keyId: 'alias/k',
        encryptionAlgorithm: undefined,
        output: 'base64',
      });
    }
  });

  for (const encryptionContext of [{ 'a=b': 'x' }, { 'a)': 'x' }, { ' a': 'x' }, { '': 'x' }, { a: '' }]) {
    it(`cannot hold the context ${JSON.stringify(encryptionContext)}`, () => {
      assert.throws(() => writeSpringToken(token, { encryptionContext }), { code: 'EDIT_REFUSED', message: /this encryption context/ });
    });
  }
  for (const keyId of ['', 'a,b', 'a]', 'a b']) {
    it(`cannot hold the key ${JSON.stringify(keyId)}`, () => {
      assert.throws(() => writeSpringToken(token, { keyId }), { code: 'EDIT_REFUSED', message: /this keyId/ });
    });
  }
});

describe('the file of another tool', () => {
  it('names the provider of a secret of fnox', async () => {
    const entries = (await formatFor('fnox.toml', '')!.load()).parse(`${providers}[secrets]\nA = { provider = "aws", value = "x" }\nB = { provider = "age", value = "y" }`);
    const providerOf = (path: string) => fnoxProviderOf(entries, entries.find(({ keyPath }) => keyPath.join('.') === path)!);
    assert.deepEqual(providerOf('secrets.A.value'), { name: 'aws', keyId: 'alias/a', region: 'eu-west-1', profile: undefined });
    assert.equal(providerOf('secrets.B.value'), undefined);
  });

  const stacks: [provider: string, expected: object | undefined][] = [
    ['awskms://alias/orders?region=eu-west-1&context_app=orders%20app&profile=dev', { keyId: 'alias/orders', region: 'eu-west-1', profile: 'dev', encryptionContext: { app: 'orders app' } }],
    ['awskms:///arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab?region=eu-west-1', { keyId: 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab', region: 'eu-west-1', profile: undefined, encryptionContext: {} }],
    ['awskms://1234abcd-12ab-34cd-56ef-1234567890ab?context_a=%zz', { keyId: '1234abcd-12ab-34cd-56ef-1234567890ab', region: undefined, profile: undefined, encryptionContext: { a: '%zz' } }],
    ['gcpkms://projects/p', undefined],
  ];
  for (const [provider, expected] of stacks) {
    it(`names the key of a Pulumi stack: ${provider}`, async () => {
      const entries = (await formatFor('Pulumi.prod.yaml', '')!.load()).parse(`secretsprovider: ${provider}\nencryptedkey: ${token}\nconfig: {}\n`);
      assert.deepEqual(pulumiStackOf(entries), expected && { ...expected, encryptedKey: token });
    });
  }
});
