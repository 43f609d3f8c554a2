import { decryptBinary, encryptBinaryAgain } from './sops/binaryFile.ts';
import { addKey, keyChanges, keyUse, removeKey, updateKeys } from './sops/changeKeys.ts';
import { configProblems } from './sops/config/configProblems.ts';
import { creationRuleFor, planOf, readSopsConfig } from './sops/config/sopsConfig.ts';
import { decryptFile } from './sops/decryptFile.ts';
import { openDraft, sealDraft } from './sops/editing/draft.ts';
import { openForEditing, sealEdited } from './sops/editing/editedText.ts';
import { encryptFile } from './sops/encryptFile.ts';
import { readSopsFile } from './sops/readSopsFile.ts';
import { reseal } from './sops/reseal.ts';
import { rotateDataKey } from './sops/rotateDataKey.ts';
import { decryptValueAt, encryptValueAt, openValueAt } from './sops/singleValue.ts';
import { retype } from './sops/values/retype.ts';

/** SOPS as the features load it when a command first needs it: with its parsers and RE2 it is a bundle of its own. */
export const sopsOperations = {
  addKey,
  configProblems,
  creationRuleFor,
  decryptBinary,
  decryptFile,
  decryptValueAt,
  encryptBinaryAgain,
  encryptFile,
  encryptValueAt,
  keyChanges,
  keyUse,
  openDraft,
  openForEditing,
  openValueAt,
  planOf,
  readSopsConfig,
  readSopsFile,
  removeKey,
  reseal,
  retype,
  rotateDataKey,
  sealDraft,
  sealEdited,
  updateKeys,
};

export type SopsOperations = typeof sopsOperations;
