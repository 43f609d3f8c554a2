import type { CliCall } from '../../../core/kms/cliCommand.ts';
import type { KeyReference } from '../../../core/kms/service/keyReference.ts';
import type { KeyService } from '../../../core/kms/service/keyService.ts';
import type { KeyChange, KeyCommand } from '../../../protocol/keyPanel.ts';
import { type Handlers, type PanelSide } from './panelSide.ts';
import { readChange } from './readChange.ts';
import { requireUnchanged } from './requireUnchanged.ts';

const commands: readonly KeyCommand[] = ['enableKey', 'disableKey', 'scheduleKeyDeletion', 'cancelKeyDeletion', 'openKeyPolicy'];

/** What the view changes of the key. */
export function changeHandlers(side: PanelSide): Handlers<'change' | 'run'> {
  const { backend, key, signal } = side;
  return {
    change: {
      read: readChange,
      run: async (change) => {
        const service = await backend.keyService();
        await requireUnchanged(service, key, change, signal);
        await perform(service, key, change, signal);
        await side.changed([cliCallOf(key, change)]);
        return null;
      },
    },
    run: {
      read: (params) => {
        const command = commands.find((each) => each === params);
        return command && { params: command };
      },
      run: async (command) => {
        await side.run(command);
        return null;
      },
    },
  };
}

async function perform(service: KeyService, key: KeyReference, change: KeyChange, signal: AbortSignal): Promise<unknown> {
  switch (change.kind) {
    case 'description':
      return service.updateKeyDescription(key, change.description, signal);
    case 'createAlias':
      return service.createAlias(key, change.aliasName, signal);
    case 'deleteAlias':
      return service.deleteAlias(key.region, change.aliasName, signal);
    case 'putTag':
      return service.tagResource(key, [{ tagKey: change.tagKey, tagValue: change.tagValue }], signal);
    case 'removeTag':
      return service.untagResource(key, [change.tagKey], signal);
    case 'enableRotation':
      return service.enableKeyRotation(key, change.periodInDays, signal);
    case 'disableRotation':
      return service.disableKeyRotation(key, signal);
    case 'rotateNow':
      return service.rotateKeyOnDemand(key, signal);
    case 'createGrant':
      return service.createGrant(key, change.grant, signal);
    case 'revokeGrant':
      return service.revokeGrant(key, change.grantId, signal);
    case 'retireGrant':
      return service.retireGrant(key, change.grantId, signal);
    case 'replicate':
      return service.replicateKey(key, { replicaRegion: change.region }, signal);
    case 'promote':
      return service.updatePrimaryRegion(key, change.region, signal);
  }
}

/** The same change as an AWS CLI call. */
function cliCallOf({ region, keyId }: KeyReference, change: KeyChange): CliCall {
  const [command, ...options] = cliWords(change);
  const named = change.kind === 'deleteAlias' ? [] : [[change.kind === 'createAlias' ? 'target-key-id' : 'key-id', keyId] as const];
  return { command, region, options: [...named, ...options] };
}

type Option = CliCall['options'][number];

function cliWords(change: KeyChange): readonly [string, ...Option[]] {
  switch (change.kind) {
    case 'description':
      return ['update-key-description', ['description', change.description]];
    case 'createAlias':
      return ['create-alias', ['alias-name', change.aliasName]];
    case 'deleteAlias':
      return ['delete-alias', ['alias-name', change.aliasName]];
    case 'putTag':
      return ['tag-resource', ['tags', `TagKey=${change.tagKey},TagValue=${change.tagValue}`]];
    case 'removeTag':
      return ['untag-resource', ['tag-keys', change.tagKey]];
    case 'enableRotation':
      return ['enable-key-rotation', ['rotation-period-in-days', String(change.periodInDays)]];
    case 'disableRotation':
      return ['disable-key-rotation'];
    case 'rotateNow':
      return ['rotate-key-on-demand'];
    case 'createGrant':
      return ['create-grant', ['grantee-principal', change.grant.granteePrincipal], ['operations', ...change.grant.operations], ...constraintOption(change.grant)];
    case 'revokeGrant':
      return ['revoke-grant', ['grant-id', change.grantId]];
    case 'retireGrant':
      return ['retire-grant', ['grant-id', change.grantId]];
    case 'replicate':
      return ['replicate-key', ['replica-region', change.region]];
    case 'promote':
      return ['update-primary-region', ['primary-region', change.region]];
  }
}

function constraintOption({ constraints = {} }: Extract<KeyChange, { kind: 'createGrant' }>['grant']): readonly Option[] {
  const { encryptionContextEquals, encryptionContextSubset } = constraints;
  const members = {
    ...(encryptionContextEquals === undefined ? {} : { EncryptionContextEquals: encryptionContextEquals }),
    ...(encryptionContextSubset === undefined ? {} : { EncryptionContextSubset: encryptionContextSubset }),
  };
  return Object.keys(members).length === 0 ? [] : [['constraints', JSON.stringify(members)]];
}
