import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { toBase64 } from '../../../../src/core/secrets/base64.ts';
import type { ValueEntry } from '../../../../src/core/secrets/codec.ts';
import { suspects, type Suspect } from '../../../../src/core/secrets/detect/suspects.ts';
import { formatFor } from '../../../../src/core/secrets/fileFormats.ts';
import { sampleCiphertext } from '../sampleCiphertext.ts';

function entry(keyPath: ValueEntry['keyPath'], value: string, refusal?: string): ValueEntry {
  return { keyPath, keyRange: undefined, valueRange: { offset: 0, length: value.length }, value, refusal, encode: (each) => each };
}

function judge(name: string, value: string, fileName = 'config.json'): Suspect | undefined {
  return suspects([entry([name], value)], fileName)[0];
}

/** Random to look at and the same in every run; never a text that a scanner of this repository would take for a leak. */
const random = createHash('sha512').update('sample').digest('base64').replace(/[+/=]/g, '');
const hex = createHash('sha256').update('sample').digest('hex');

const secretNames: Record<string, string> = {
  password: 'a password', DB_PASSWORD: 'a password', dbPassword: 'a password', dbpassword: 'a password', passwd: 'a password', pwd: 'a password', DB_PASS: 'a password',
  'spring.datasource.password': 'a password', 'mysqli.default_pw': 'a password', PASSWORD_PROD: 'a password', password2: 'a password', passphrase: 'a password', rootPassword: 'a password',
  secret: 'a secret', CLIENT_SECRET: 'a secret', clientSecret: 'a secret', COOKIE_SECRET_OLD: 'a secret', secretKey: 'a key', SECRET_KEY_BASE: 'a key',
  token: 'a token', 'api-token': 'a token', accessToken: 'a token', _authToken: 'a token', token_value: 'a token',
  api_key: 'a key', apiKey: 'a key', APIKey: 'a key', 'x-api-key': 'a key', private_key: 'a key', AWS_SECRET_ACCESS_KEY: 'a key', SigningKey: 'a key', 'encryption.key': 'a key', wifi_psk: 'a key',
  credentials: 'credentials', dbCredential: 'credentials',
};
const otherNames = [
  'username', 'host', 'compass', 'bypass', 'passenger', 'password_file', 'passwordMinLength', 'secretName', 'secretsprovider', 'secret_id', 'token_url', 'tokenType', 'TOKEN_TTL',
  'max_tokens', 'eos_token', 'nextToken', 'publicKey', 'PUBLIC_API_KEY', 'existingSecret', 'resetPassword', 'AWS_ACCESS_KEY_ID', 'keyId', 'primary_key', 'monkey', 'keys', 'author', 'spwd',
];

describe('a value that looks like a secret', () => {
  for (const [name, noun] of Object.entries(secretNames)) {
    it(`is one named ${name}`, () => {
      assert.deepEqual({ ...judge(name, 'hunter2-x'), entry: undefined }, { entry: undefined, reason: `The name ${name} is that of ${noun}.`, confidence: 'medium' });
    });
  }
  for (const name of otherNames) {
    it(`is none named ${name}`, () => {
      assert.equal(judge(name, 'hunter2-x'), undefined);
    });
  }

  const letters = (length: number) => random.repeat(3).slice(0, length);
  const shapes: Record<string, string> = {
    'a private key': ['-----BEGIN', 'RSA PRIVATE', 'KEY-----\nMIIE'].join(' '),
    'an age secret key': `AGE-SECRET-KEY-1${'QPZRY9X8'.repeat(7)}`,
    'a GitHub token': `ghp_${letters(36)}`,
    'a GitLab token': `glpat-${letters(20)}`,
    'a Slack token': `xoxb-${letters(24)}`,
    'a Slack webhook': `https://hooks.slack.com/services/${letters(9)}/${letters(9)}/${letters(24)}`,
    'a Stripe key': `sk_live_${letters(24)}`,
    'a Google API key': `AIza${letters(35)}`,
    'an npm token': `npm_${letters(36)}`,
    'a PyPI token': `pypi-AgE${letters(60)}`,
    'a SendGrid key': `SG.${letters(22)}.${letters(43)}`,
    'a key of a language model service': `sk-proj-${letters(40)}`,
    'a HashiCorp Vault token': `hvs.${letters(30)}`,
    'a DigitalOcean token': `dop_v1_${hex}`,
    'an Azure storage key': `DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${letters(86)}==`,
    'a JSON Web Token': `eyJ${letters(20)}.eyJ${letters(30)}.${letters(40)}`,
    'an AWS access key id': ['AKIA', 'ABCDEFGHIJKLMNOP'].join(''),
  };
  for (const [label, value] of Object.entries(shapes)) {
    it(`has the form of ${label}, whatever its name`, () => {
      for (const fileName of ['config.json', '.env.example', 'messages.properties']) assert.equal(judge('comment', value, fileName)?.reason, `The value has the form of ${label}.`);
      assert.equal(judge('comment', `x${value.slice(0, 8)}`), undefined);
    });
  }

  const connections: [value: string, isFound: boolean][] = [
    ['postgres://orders:hunter2@db:5432/orders', true],
    ['redis://:sesame@cache:6379/0', true],
    ['postgresql+psycopg://u:p@db/x', true],
    ['Server=sql;Database=o;User Id=o;Password=s3same!;Encrypt=True', true],
    ['jdbc:mysql://db/o?user=o&password=hunter2', true],
    ['host=db user=o password=hunter2', true],
    ['postgres://orders@db/orders', false],
    ['postgres://orders:${PASSWORD}@db/orders', false],
    ['postgres://orders:<password>@db/orders', false],
    ['postgres://orders:changeme@db/orders', false],
    ['https://example.com:8443/a@b', false],
    ['Server=sql;Integrated Security=true', false],
    ['tcp://cache:6379?x=1', false],
  ];
  for (const [value, isFound] of connections) {
    it(`is ${isFound ? 'a connection string with a password' : 'no connection string without one'}: ${value}`, () => {
      const expected = isFound ? { reason: 'The value holds a password within a connection string.', confidence: 'high' } : undefined;
      const found = judge('url', value);
      assert.deepEqual(found && { reason: found.reason, confidence: found.confidence }, expected);
    });
  }

  it('is random', () => {
    for (const value of [random.slice(0, 40), random.slice(0, 22), hex]) {
      assert.deepEqual({ ...judge('comment', value), entry: undefined }, { entry: undefined, reason: 'The value looks random, as generated keys do.', confidence: 'low' });
      assert.equal(judge('password', value)?.confidence, 'high');
      assert.match(judge('token', value)?.reason ?? '', /and the value looks random\.$/);
    }
  });
  it('is nearly always found when it is random', () => {
    const found = Array.from({ length: 300 }, (_, index) => {
      const value = createHmac('sha256', 'sample').update(String(index)).digest('base64');
      return judge('comment', value);
    }).filter((each) => each !== undefined);
    assert.ok(found.length > 290, `found ${found.length} of 300`);
  });
  for (const name of ['sha256', 'imageDigest', 'commit_id', 'integrity', 'etag', 'requestId']) {
    it(`is not random under the name ${name}`, () => {
      assert.equal(judge(name, hex), undefined);
    });
  }

  const harmless = [
    '', '   ', 'true', 'No', 'off', 'changeme', 'CHANGE_ME', 'change-it', 'xxxxxxxx', '********', 'todo', 'your-password', 'your_api_key_here', 'none', 'null', 'placeholder', '<password>', '[secret]',
    '${DB_PASSWORD}', '$DB_PASSWORD', '$(pass show db)', '{{ .Values.password }}', '${{ secrets.TOKEN }}', '#{password}', '%{env:X}', '%PASSWORD%', '<%= password %>', 'process.env.PASSWORD', 'op://vault/db/password',
    'vault:secret/db#password', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db', '/run/secrets/db', './secrets/db', '~/.ssh/id_rsa', 'C:\\keys\\db.pem', 'certs/server.key', 'server.pem',
    `{cipher}${toBase64(sampleCiphertext(2, 20))}`, toBase64(sampleCiphertext(2, 20)), toBase64(sampleCiphertext(1, 20)), `secure:${toBase64(sampleCiphertext(2, 20))}`, 'ENC[AES256_GCM,data:AA==,iv:AA==,tag:AA==,type:str]',
    `encrypted:${random}`.slice(0, 50), `ENC(${random.slice(0, 32)})`,
  ];
  for (const value of harmless) {
    it(`is not ${JSON.stringify(value.slice(0, 40))}`, () => {
      for (const name of ['password', 'secret', 'comment']) assert.equal(judge(name, value), undefined);
    });
  }

  it('is not encrypted behind a marker of the user', () => {
    const marked = entry(['password'], `KMS(${toBase64(sampleCiphertext(2, 20))})`);
    assert.equal(suspects([marked], 'a.json').length, 1);
    assert.equal(suspects([marked], 'a.json', [{ prefix: 'KMS(', suffix: ')' }]).length, 0);
  });

  it('is not a number, a sentence or an address under a name of a key or a token', () => {
    for (const value of ['3600', 'the token to send', 'https://example.com/token']) assert.equal(judge('token', value), undefined, value);
    assert.equal(judge('password', '123456')?.confidence, 'medium');
  });
  it('is none by its name in translations and templates, and none at all in lock files', () => {
    for (const fileName of ['messages_de.properties', 'translation.json', '.env.example', 'config.sample.yaml']) assert.equal(judge('password', 'Passwort', fileName), undefined, fileName);
    for (const fileName of ['package-lock.json', 'Cargo.lock', '.terraform.lock.hcl']) assert.equal(judge('password', hex, fileName), undefined, fileName);
    assert.ok(judge('password', 'Passwort', 'application.properties'));
  });
  it('has its name beside it in lists of variables', () => {
    const found = suspects(
      [entry(['env', 0, 'name'], 'DB_PASSWORD'), entry(['env', 0, 'value'], 'hunter2'), entry(['env', 1, 'name'], 'DB_HOST'), entry(['env', 1, 'value'], 'db')],
      'taskdef.json',
    );
    assert.deepEqual(found.map(({ reason }) => reason), ['The name DB_PASSWORD is that of a password.']);
  });
  it('is a default of a variable and an item of a list by the name above it', () => {
    assert.equal(suspects([entry(['variable', 'db_password', 'default'], 'hunter2')], 'main.tf').length, 1);
    assert.equal(suspects([entry(['passwords', 0], 'hunter2')], 'a.json').length, 0);
    assert.equal(suspects([entry(['token', 0], 'hunter2')], 'a.json').length, 1);
  });
  it('is none that cannot be encrypted by itself', () => {
    assert.deepEqual(suspects([entry(['password'], 'hunter2', 'It is an alias.'), entry(['env', 0], 'PASSWORD=hunter2')], 'a.yaml'), []);
  });

  const inFiles: Record<string, readonly string[]> = {
    'properties/application.properties': ['spring.datasource.password', 'spring.mail.password'],
    'properties/messages_de.properties': [],
    'dotenv/compose.env': ['POSTGRES_PASSWORD', 'DATABASE_URL', 'REDIS_URL'],
    'dotenv/.env.local': ['SESSION_SECRET'],
    'yaml/github-workflow.yaml': ['jobs.deploy.steps.1.env.API_KEY'],
    'yaml/values.yaml': ['auth.rootPassword', 'postgresql.auth.password'],
    'toml/Cargo.toml': [],
    'toml/pyproject.toml': ['tool.orders.api-token'],
    'toml/fnox.toml': ['secrets.DATABASE_URL.value', 'secrets.API_KEY.value', 'profiles.dev.secrets.API_KEY.default'],
    'json/taskdef.json': ['containerDefinitions.0.environment.1.value'],
    'json/appsettings.Production.json': ['ConnectionStrings.Orders', 'Jwt.SigningKey', 'Smtp.Password'],
    'ini/php.ini': ['mysqli.mysqli.default_pw'],
    'ini/grafana.ini': ['security.admin_password', 'security.secret_key'],
    'hcl/main.tf': ['variable.db_password.default', 'resource.aws_secretsmanager_secret_version.api.secret_string.password'],
    'hcl/vault.hcl': ['storage.postgresql.connection_url'],
  };
  for (const [name, expected] of Object.entries(inFiles)) {
    it(`is found in ${name} where a reader would look`, async () => {
      const fileName = name.split('/')[1]!;
      const text = readFileSync(new URL(`../corpus/${name}`, import.meta.url), 'utf8');
      const entries = (await formatFor(fileName, '')!.load()).parse(text);
      assert.deepEqual(suspects(entries, fileName).map((each) => each.entry.keyPath.join('.')), expected);
    });
  }

  it('never has its value in the reason', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(secretNames)), fc.stringMatching(/^[a-zA-Z0-9!]{7,60}$/), (name, value) => {
        assert.ok(judge(name, value)?.reason.includes(value) !== true || name.includes(value));
      }),
    );
  });

  it('is found among ten thousand values in less than 100 ms of processor time', () => {
    const entries = Array.from({ length: 10_000 }, (_, index) => {
      const digest = createHash('sha256').update(String(index)).digest('base64');
      const values = ['hunter2', digest, `postgres://u:${index}@db/x`, 'two words', String(index), '${X}', `/a/b/${index}`, 'x'.repeat(300), toBase64(sampleCiphertext(2, 20))];
      return entry(['section', `some_${['password', 'host', 'token_url', 'id', 'key'][index % 5]}_${index}`], values[index % values.length]!);
    });
    suspects(entries.slice(0, 2000), 'a.json');
    // The time of this thread alone, because other programs on the machine are not to decide.
    const times = Array.from({ length: 5 }, () => {
      const before = process.threadCpuUsage();
      assert.ok(suspects(entries, 'a.json').length > 2000);
      const { user, system } = process.threadCpuUsage(before);
      return (user + system) / 1000;
    });
    assert.ok(Math.min(...times) < 100, `took ${Math.min(...times)} ms`);
  });

  it('does not take long over a hostile value', () => {
    const started = performance.now();
    for (const part of ['a', '-', '/a', 'a.', '=', ' ', 'a://', ';a=', '-----BEGIN A ', 'eyJ.', 'password=', '$', '<']) judge('password', part.repeat(100_000 / part.length));
    assert.ok(performance.now() - started < 1000);
  });
});
