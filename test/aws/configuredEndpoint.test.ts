import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServiceName } from '../../src/aws/clientConfig.ts';
import { configuredEndpoint } from '../../src/aws/configuredEndpoint.ts';

const config = `
[profile general]
endpoint_url = http://general.example

[profile special]
services = local
endpoint_url = http://general.example

[services local]
kms =
  endpoint_url = http://kms.example
iam =
  endpoint_url = http://iam.example
accessanalyzer =
  endpoint_url = http://analyzer.example

[profile ignoring]
endpoint_url = http://general.example
ignore_configured_endpoint_urls = true

[profile plain]
region = eu-west-1
`;

const cases: readonly {
  what: string;
  service?: ServiceName;
  profile: string;
  environment?: Readonly<Record<string, string>>;
  endpoint: string | undefined;
}[] = [
  { what: 'the endpoint of the profile', profile: 'general', endpoint: 'http://general.example' },
  { what: 'the service’s own endpoint before the general one', profile: 'special', endpoint: 'http://kms.example' },
  { what: 'the endpoint of IAM', service: 'iam', profile: 'special', endpoint: 'http://iam.example' },
  { what: 'the endpoint of IAM Access Analyzer', service: 'accessanalyzer', profile: 'special', endpoint: 'http://analyzer.example' },
  { what: 'the general endpoint for another service', service: 'sts', profile: 'special', endpoint: 'http://general.example' },
  { what: 'none where the profile ignores them', profile: 'ignoring', endpoint: undefined },
  { what: 'none where nothing names one', profile: 'plain', endpoint: undefined },
  {
    what: 'the service’s environment variable before everything else',
    profile: 'special',
    environment: { AWS_ENDPOINT_URL_KMS: 'http://env-kms.example', AWS_ENDPOINT_URL: 'http://env.example' },
    endpoint: 'http://env-kms.example',
  },
  {
    what: 'the general environment variable before the profile',
    profile: 'special',
    environment: { AWS_ENDPOINT_URL: 'http://env.example' },
    endpoint: 'http://env.example',
  },
  {
    what: 'none where the environment ignores them',
    profile: 'general',
    environment: { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true', AWS_ENDPOINT_URL: 'http://env.example' },
    endpoint: undefined,
  },
];

describe('configuredEndpoint', () => {
  const outer = { ...process.env };
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kms-endpoint-'));
    await writeFile(join(folder, 'config'), config);
    await writeFile(join(folder, 'credentials'), '');
  });
  beforeEach(() => {
    process.env['AWS_CONFIG_FILE'] = join(folder, 'config');
    process.env['AWS_SHARED_CREDENTIALS_FILE'] = join(folder, 'credentials');
  });
  afterEach(() => {
    process.env = { ...outer };
  });
  after(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  for (const { what, service, profile, environment, endpoint } of cases) {
    it(`gives ${what}`, async () => {
      Object.assign(process.env, environment);
      assert.equal(await configuredEndpoint(service ?? 'kms', profile), endpoint);
    });
  }
});
