import { KMSClient } from '@aws-sdk/client-kms';
import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import { KmsExplorerError } from '../core/kms/errorCode.ts';
import type { ConnectionChoice } from '../core/kms/service/keyServiceFactory.ts';
import type { KeyService } from '../core/kms/service/keyService.ts';
import { clientOptions, timeouts, type ClientConfig } from './clientConfig.ts';
import { configuredEndpoint } from './configuredEndpoint.ts';
import { sdkKeyService } from './sdkKeyService.ts';

/**
 * Connects to the emulator with its own credentials, or to AWS through the default credential chain
 * (https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html). Makes no call.
 * Rejects with NO_REGION when nothing names a Region.
 */
export async function connect(choice: ConnectionChoice): Promise<KeyService> {
  const base = choice.kind === 'emulator' ? emulatorConfig(choice.address) : await awsConfig(choice.profile);
  const region = await defaultRegion(choice, base);
  return sdkKeyService(base, region, choice.kind === 'emulator', awsConfig);
}

function emulatorConfig(address: Extract<ConnectionChoice, { kind: 'emulator' }>['address']): ClientConfig {
  const { endpoint, accessKeyId, secretAccessKey } = address;
  const endpoints = { kms: endpoint, sts: endpoint, iam: endpoint, ec2: undefined, accessanalyzer: undefined };
  return { endpoints, credentials: { accessKeyId, secretAccessKey }, requestHandler: timeouts };
}

async function awsConfig(profile: string | undefined): Promise<ClientConfig> {
  const named = profile === undefined ? {} : { profile };
  const endpoints = {
    kms: await configuredEndpoint('kms', profile),
    sts: await configuredEndpoint('sts', profile),
    iam: await configuredEndpoint('iam', profile),
    ec2: await configuredEndpoint('ec2', profile),
    accessanalyzer: await configuredEndpoint('accessanalyzer', profile),
  };
  return { ...named, endpoints, credentials: fromNodeProviderChain(named), requestHandler: timeouts };
}

async function defaultRegion(choice: ConnectionChoice, base: ClientConfig): Promise<string> {
  if (choice.kind === 'emulator') return choice.address.region;
  if (choice.region !== undefined) return choice.region;
  const client = new KMSClient(clientOptions(base, 'kms'));
  try {
    return await client.config.region();
  } catch (cause) {
    const place = choice.profile === undefined ? 'The AWS configuration' : `The profile "${choice.profile}"`;
    throw new KmsExplorerError('NO_REGION', `${place} names no Region. Choose one with "KMS: Select Backend".`, { cause });
  } finally {
    client.destroy();
  }
}
