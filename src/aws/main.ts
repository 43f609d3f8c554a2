import type { KeyServiceFactory } from '../core/kms/service/keyServiceFactory.ts';
import { connect } from './connect.ts';
import { listProfiles } from './listProfiles.ts';

/** The AWS part as extension.ts loads it when a connection is first used. */
export const keyServiceFactory: KeyServiceFactory = { connect, listProfiles };
