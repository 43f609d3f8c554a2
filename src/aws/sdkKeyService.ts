import type { BackendIdentity, KeyOperations, KeyService } from '../core/kms/service/keyService.ts';
import { analyzerRequest } from './accessAnalyzer/analyzerRequest.ts';
import { policyAnalysis } from './accessAnalyzer/policyAnalysis.ts';
import { withRole } from './actingAs.ts';
import type { ClientConfig } from './clientConfig.ts';
import { describeRegions } from './ec2/describeRegions.ts';
import { iamRequest } from './iam/iamRequest.ts';
import { listIdentityPolicies } from './iam/listIdentityPolicies.ts';
import { KmsCaller } from './kmsCaller.ts';
import { cryptography } from './operations/cryptography.ts';
import { customKeyStores } from './operations/customKeyStores.ts';
import { grants } from './operations/grants.ts';
import { keyLifecycle } from './operations/keyLifecycle.ts';
import { keyMaterialImport } from './operations/keyMaterialImport.ts';
import { keyNaming } from './operations/keyNaming.ts';
import { keyReading } from './operations/keyReading.ts';
import { partitionRegions } from './partitionRegions.ts';

function operationsOf(caller: KmsCaller): KeyOperations {
  return {
    ...keyReading(caller),
    ...keyLifecycle(caller),
    ...keyNaming(caller),
    ...grants(caller),
    ...keyMaterialImport(caller),
    ...cryptography(caller),
    ...customKeyStores(caller),
  };
}

/** The Regions of the partition that has this one. */
function regionsBeside(region: string): readonly string[] {
  return Object.values(partitionRegions).find((regions) => regions.includes(region)) ?? [region];
}

/** The key service over the AWS SDK. `profileConfig` gives the configuration of another profile. Makes no call. */
export function sdkKeyService(config: ClientConfig, region: string, isEmulator: boolean, profileConfig: (profile: string) => Promise<ClientConfig>): KeyService {
  const caller = new KmsCaller(config, isEmulator);
  let identity: Promise<BackendIdentity> | undefined;
  return {
    ...operationsOf(caller),
    region,
    regions: () => regionsBeside(region),
    enabledRegions: async (signal) => (isEmulator ? regionsBeside(region) : describeRegions(config, region, signal)),
    identity: (signal) => {
      // A failed answer is forgotten, so that signing in again is enough to go on.
      identity ??= caller.callerIdentity(region, signal).catch((error: unknown) => {
        identity = undefined;
        throw error;
      });
      return identity;
    },
    actingAs: async ({ roleArn, profile }) => {
      const own = profile === undefined || isEmulator ? config : await profileConfig(profile);
      return sdkKeyService(roleArn === undefined ? own : withRole(own, roleArn, region), region, isEmulator, profileConfig);
    },
    listIdentityPolicies: (signal) =>
      listIdentityPolicies((page) => iamRequest(config, region, isEmulator, { Action: 'GetAccountAuthorizationDetails', ...page }, signal)),
    ...policyAnalysis((call, where, signal) => analyzerRequest(config, where, isEmulator, call, signal)),
    dispose: () => {
      caller.dispose();
    },
  };
}
