import {
  CreateGrantCommand,
  type GrantConstraints as SdkConstraints,
  type GrantListEntry,
  type GrantOperation,
  paginateListGrants,
  RetireGrantCommand,
  RevokeGrantCommand,
} from '@aws-sdk/client-kms';
import type { GrantConstraints, GrantEntry, Grants } from '../../core/kms/service/grants.ts';
import type { KmsCaller } from '../kmsCaller.ts';

/** The largest page of ListGrants. */
const pageSize = 100;

function toConstraints(sdk: SdkConstraints | undefined): GrantConstraints {
  return {
    ...(sdk?.EncryptionContextEquals === undefined ? {} : { encryptionContextEquals: sdk.EncryptionContextEquals }),
    ...(sdk?.EncryptionContextSubset === undefined ? {} : { encryptionContextSubset: sdk.EncryptionContextSubset }),
    ...(sdk?.SourceArn === undefined ? {} : { sourceArn: sdk.SourceArn }),
  };
}

function toSdkConstraints(constraints: GrantConstraints | undefined): SdkConstraints | undefined {
  return (
    constraints && {
      EncryptionContextEquals: constraints.encryptionContextEquals && { ...constraints.encryptionContextEquals },
      EncryptionContextSubset: constraints.encryptionContextSubset && { ...constraints.encryptionContextSubset },
      SourceArn: constraints.sourceArn,
    }
  );
}

function toEntry(sdk: GrantListEntry): GrantEntry {
  return {
    grantId: sdk.GrantId ?? '',
    name: sdk.Name ?? '',
    creationDate: sdk.CreationDate?.getTime(),
    granteePrincipal: sdk.GranteePrincipal ?? sdk.GranteeServicePrincipal ?? '',
    retiringPrincipal: sdk.RetiringPrincipal ?? sdk.RetiringServicePrincipal,
    issuingAccount: sdk.IssuingAccount ?? '',
    operations: sdk.Operations ?? [],
    constraints: toConstraints(sdk.Constraints),
  };
}

/** Grants, over the SDK. */
export function grants(caller: KmsCaller): Grants {
  return {
    async *listGrants(key, signal) {
      const pages = caller.pages('ListGrants', key.region, signal, (client, options) =>
        paginateListGrants({ client, pageSize }, { KeyId: key.keyId }, options),
      );
      for await (const { Grants: rows } of pages) yield (rows ?? []).map(toEntry);
    },
    createGrant: (key, grant, signal) =>
      caller.call('CreateGrant', key.region, signal, async (kms, options) => {
        const command = new CreateGrantCommand({
          KeyId: key.keyId,
          GranteePrincipal: grant.granteePrincipal,
          RetiringPrincipal: grant.retiringPrincipal,
          Operations: grant.operations as GrantOperation[],
          Constraints: toSdkConstraints(grant.constraints),
          Name: grant.name,
        });
        return (await kms.send(command, options)).GrantId ?? '';
      }),
    revokeGrant: (key, grantId, signal) =>
      caller.call('RevokeGrant', key.region, signal, async (kms, options) => {
        await kms.send(new RevokeGrantCommand({ KeyId: key.keyId, GrantId: grantId }), options);
      }),
    retireGrant: (key, grantId, signal) =>
      caller.call('RetireGrant', key.region, signal, async (kms, options) => {
        await kms.send(new RetireGrantCommand({ KeyId: key.keyId, GrantId: grantId }), options);
      }),
  };
}
